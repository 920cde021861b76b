package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.drover.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.annotation.DirtiesContext;

/** Who comes with the password of the first start in a browser changes it first. */
@DirtiesContext
class InitialPasswordTests extends AccessOverHttp {
    private static final String HTML = "text/html,application/xhtml+xml";

    @Autowired
    Home home;

    @Test
    void aBrowserGetsNowhereBeforeItIsChangedAndAScriptIsReminded() throws IOException {
        var password = Files.readString(home.root().resolve("initial-admin-password")).strip();
        var session = logIn(password);

        assertThat(http.get().uri("/").session(session).accept(HTML))
                .hasStatus(HttpStatus.FOUND)
                .hasHeader(HttpHeaders.LOCATION, "/password");
        assertThat(http.get().uri("/api/v1/accounts").session(session))
                .hasStatus(HttpStatus.FORBIDDEN)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/password-initial");
        assertThat(http.get().uri("/api/v1/me").with(httpBasic("admin", password)))
                .hasStatusOk()
                .containsHeader("Drover-Warning");
        assertThat(http.get().uri("/password").session(session).accept(HTML))
                .hasStatusOk()
                .bodyText()
                .contains("admin", "name=\"again\"", "name=\"_csrf\"");

        assertThat(change(session, "wrong", "another password", "another password"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("current password must be");
        assertThat(change(session, password, "short", "short"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("at least 12 characters");
        assertThat(change(session, password, "another password", "one more password"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("differ");
        assertThat(change(session, password, "another password", "another password"))
                .hasStatus(HttpStatus.SEE_OTHER)
                .hasHeader(HttpHeaders.LOCATION, "/login?changed");

        assertThat(http.get().uri("/api/v1/accounts").session(logIn("another password")))
                .hasStatusOk()
                .doesNotContainHeader("Drover-Warning");
        assertThat(home.root().resolve("initial-admin-password")).doesNotExist();
    }

    private MockHttpSession logIn(String password) {
        return (MockHttpSession) http.post()
                .uri("/login")
                .param("username", "admin")
                .param("password", password)
                .with(AccessOverHttp::token)
                .exchange()
                .getRequest()
                .getSession();
    }

    private org.springframework.test.web.servlet.assertj.MvcTestResult change(
            MockHttpSession session, String current, String password, String again) {
        return http.post()
                .uri("/password")
                .session(session)
                .param("currentPassword", current)
                .param("password", password)
                .param("again", again)
                .with(AccessOverHttp::token)
                .exchange();
    }
}
