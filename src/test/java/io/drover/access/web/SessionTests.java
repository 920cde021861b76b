package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.access.Actor;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class SessionTests extends AccessOverHttp {
    @Test
    void aWrongKeyIsRefusedEvenWithASession() {
        assertThat(http.get().uri("/api/v1/me").session(session(user)).header("X-API-Key", "drv_wrong"))
                .hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void aSessionChangesThingsOnlyWithItsToken() {
        var session = session(user);
        assertThat(http.get().uri("/api/v1/me").session(session)).hasStatusOk();
        var post = "{\"label\": \"mine\"}";
        assertThat(http.post()
                        .uri("/api/v1/api-keys")
                        .session(session)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(post))
                .hasStatus(HttpStatus.FORBIDDEN)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/csrf-token");
        assertThat(http.post()
                        .uri("/api/v1/api-keys")
                        .session(session)
                        .with(AccessOverHttp::token)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(post))
                .hasStatus(HttpStatus.CREATED);
    }

    @Test
    void theEnginesRestNeedsTheTokenTooButItsWebAppsCheckTheirOwn() {
        var session = session(admin);
        assertThat(http.post().uri("/engine-rest/deployment/create").session(session))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(http.post().uri("/camunda/api/engine/engine").session(session))
                .hasStatusOk();
    }

    @Test
    void aPageFromElsewhereCannotUseALoginThatTheBrowserRemembers() {
        assertThat(http.post().uri("/engine-rest/engine").with(basic(admin))).hasStatusOk();
        assertThat(http.post().uri("/engine-rest/engine").with(basic(admin)).header("Sec-Fetch-Site", "cross-site"))
                .hasStatus4xxClientError();
    }

    @Test
    void theLoginPagesFormLogsInWithoutAScript() {
        var page = http.get().uri("/login").exchange();
        var html = page.getResponse();
        assertThat(page).hasStatusOk().hasContentTypeCompatibleWith(MediaType.TEXT_HTML);
        assertThat(html.getCookie("XSRF-TOKEN").getAttribute("SameSite")).isEqualTo("Lax");
        var hidden = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(text(html));
        assertThat(hidden.find()).isTrue();
        assertThat(http.post()
                        .uri("/login")
                        .cookie(html.getCookie("XSRF-TOKEN"))
                        .param("username", user.name())
                        .param("password", PASSWORD)
                        .param("_csrf", hidden.group(1)))
                .hasHeader(HttpHeaders.LOCATION, "/");
    }

    private static String text(MockHttpServletResponse response) {
        return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void loggingInGivesTheSessionAnotherId() {
        var before = new MockHttpSession();
        var known = before.getId();
        http.post()
                .uri("/login")
                .session(before)
                .param("username", user.name())
                .param("password", PASSWORD)
                .with(AccessOverHttp::token)
                .exchange();
        assertThat(before.getId()).isNotEqualTo(known);
    }

    @Test
    void aSessionEndsWhenItsAccountIsDisabled() {
        var session = session(user);
        accounts.disable(user.name(), Actor.SYSTEM);
        assertThat(http.get().uri("/api/v1/me").session(session)).hasStatus(HttpStatus.UNAUTHORIZED);
    }
}
