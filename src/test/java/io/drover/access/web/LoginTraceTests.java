package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.UriComponentsBuilder;

/** Failures to log in, lock-outs and logins in a browser leave a trace, and not one for each try. */
class LoginTraceTests extends AccessOverHttp {
    @Autowired
    JdbcClient jdbc;

    private JsonNode entries(String kind, String actor) throws IOException {
        var path = UriComponentsBuilder.fromPath("/api/v1/history")
                .queryParam("kind", "{kind}")
                .queryParam("actor", "{actor}")
                .build(kind, actor);
        var answer = http.get().uri(path).with(basic(admin)).exchange();
        assertThat(answer).hasStatusOk();
        return new ObjectMapper()
                .readTree(answer.getResponse().getContentAsByteArray())
                .path("items");
    }

    private void tryToLogIn(String name, int times) {
        for (int i = 0; i < times; i++) {
            http.get().uri("/api/v1/me").with(httpBasic(name, "wrong")).exchange();
        }
    }

    @Test
    void aFailureIsToldOnceAnHourWithNameAndAddress() throws IOException {
        tryToLogIn(user.name(), 5);

        var entries = entries("login.failed", user.name());
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).path("body").path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(entries.get(0).path("subjectId").asText()).isEqualTo(user.id().toString());
        assertThat(entries.get(0).path("actorId").asText()).isEqualTo(new UUID(0, 0).toString());
    }

    @Test
    void aLockOutIsToldWithHowManyHadNoEntryOfTheirOwn() throws IOException {
        tryToLogIn(user.name(), 20);

        var entries = entries("login.locked-out", user.name());
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).path("body").path("leftOut").asInt()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aNameThatCouldForgeALineIsToldEscapedAndCut() throws IOException {
        http.get()
                .uri("/api/v1/me")
                .header(
                        HttpHeaders.AUTHORIZATION,
                        HttpHeaders.encodeBasicAuth("x\n2026-01-01 ERROR", "wrong", StandardCharsets.UTF_8)
                                .transform("Basic "::concat))
                .exchange();
        tryToLogIn("n".repeat(300), 1);

        assertThat(entries("login.failed", "x\\n2026-01-01 ERROR")).hasSize(1);
        assertThat(entries("login.failed", "n".repeat(62) + "…")).hasSize(1);
    }

    @Test
    void theUseOfAKeyThatIsNoneIsTold() throws IOException {
        var key = keys.create(null, "ci", null, user);
        keys.revoke(key.key().id(), user);
        for (int i = 0; i < 3; i++) {
            assertThat(http.get().uri("/api/v1/me").header("X-API-Key", key.text()))
                    .hasStatus(HttpStatus.UNAUTHORIZED);
        }

        var entries = entries("api-key.refused", key.key().id().toString());
        assertThat(entries).hasSize(1);
        assertThat(entries.toString()).doesNotContain(key.text().substring(key.text().length() - 43));
    }

    @Test
    void aLoginInABrowserIsToldAsItsOwners() throws IOException {
        session(user);

        var entries = entries("login.succeeded", user.name());
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).path("actorId").asText()).isEqualTo(user.id().toString());
    }

    @Test
    void anHourOfGuessingIsNotMoreThanFiveHundredEntries() throws IOException {
        for (int i = 0; i < 700; i++) {
            var address = "198.51." + i / 250 + "." + i % 250;
            http.get()
                    .uri("/api/v1/me")
                    .header("X-API-Key", "drv_wrong")
                    .with(request -> {
                        request.setRemoteAddr(address);
                        return request;
                    })
                    .exchange();
        }
        var rows = jdbc.sql("SELECT COUNT(*) FROM history WHERE kind = 'api-key.refused'").query(Integer.class);
        assertThat(rows.single()).isLessThanOrEqualTo(500);
    }

    @Test
    void aWrongCurrentPasswordIsToldAlthoughNothingIsChanged() throws IOException {
        assertThat(http.put()
                        .uri("/api/v1/accounts/{name}/password", user.name())
                        .with(basic(user))
                        .contentType("application/json")
                        .content("{\"currentPassword\":\"not this one\",\"password\":\"another password\"}"))
                .hasStatus(HttpStatus.BAD_REQUEST);

        assertThat(entries("login.failed", user.name())).hasSize(1);
    }
}
