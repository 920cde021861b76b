package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people meet at the engine's doors in a browser. */
@Tag("matrix")
class EnginePagesIT extends WholeApplication {
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @ParameterizedTest
    @ValueSource(strings = {"cockpit", "tasklist", "welcome"})
    void noApplicationOfCamundasShowsItsBar(String application) throws Exception {
        var page = page("/camunda/app/" + application + "/default/");
        assertThat(page.body()).contains("/camunda/app/" + application + "/styles/user-styles.css");

        var styles = page("/camunda/app/" + application + "/styles/user-styles.css");
        assertThat(styles.statusCode()).isEqualTo(200);
        assertThat(styles.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/css");
        assertThat(styles.body()).containsPattern("\\.ce-eol-banner \\{\\s+display: none;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/camunda/app/admin", "/camunda/app/admin/", "/camunda/app/admin/default/"})
    void theApplicationForAccountsSaysWhereTheyAre(String path) throws Exception {
        var page = page(path);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("/api/v1/accounts", "/swagger-ui.html");
        Problems.check(admin.get(path), 404);
    }

    @Test
    void noMenuOffersIt() throws Exception {
        page("/camunda/app/cockpit/default/");
        var known = new ObjectMapper()
                .readTree(page("/camunda/api/admin/auth/user/default").body());

        assertThat(known.path("authorizedApps"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("cockpit", "tasklist", "welcome");
        assertThat(admin.get("/").text()).doesNotContain("camunda/app/admin");
    }

    private HttpResponse<String> page(String path) throws Exception {
        var login = "admin:"
                + Files.readString(HOME.resolve("initial-admin-password")).strip();
        var request = HttpRequest.newBuilder(server.resolve(path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Accept", BROWSER)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
