package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.drover.access.RoleType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

class SecurityTests extends AccessOverHttp {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/api/v1/me",
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/swagger-ui.html",
                "/engine-rest",
                "/engine-rest/engine",
                "/camunda/app/cockpit/default/",
                "/camunda/api/engine/engine",
                "/actuator",
                "/actuator/env",
                "/actuator/health/db",
                "/nowhere"
            })
    void nothingAnswersWithoutALogin(String path) {
        assertThat(http.get().uri(path))
                .hasStatus(HttpStatus.UNAUTHORIZED)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .hasHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Drover\", charset=\"UTF-8\"");
        assertThat(http.post().uri(path)).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness", "/login"})
    void healthAndTheLoginPageAnswerEverybody(String path) {
        assertThat(http.get().uri(path)).hasStatusOk();
    }

    @Test
    void aBrowserIsLedToTheLoginPageAndAScriptInItGetsNoPrompt() {
        assertThat(http.get().uri("/v3/api-docs").accept("text/html,application/xhtml+xml"))
                .hasStatus(HttpStatus.FOUND)
                .hasHeader(HttpHeaders.LOCATION, "/login");
        assertThat(http.get().uri("/api/v1/me").header("X-Requested-With", "XMLHttpRequest"))
                .hasStatus(HttpStatus.UNAUTHORIZED)
                .doesNotContainHeader(HttpHeaders.WWW_AUTHENTICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/engine", "/camunda/app/cockpit/default/", "/actuator/env"})
    void theEnginesDoorsAreForAdmins(String path) {
        assertThat(http.get().uri(path).with(basic(user)))
                .hasStatus(HttpStatus.FORBIDDEN)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(http.get().uri(path).with(basic(account(RoleType.RESOURCE_ADMIN))))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(http.get().uri(path).with(basic(admin))).hasStatusOk();
    }

    @Test
    void basicAndBothFormsOfAKeyLogIn() {
        var key = keys.create(null, "ci", null, user).text();
        var requests = List.of(
                http.get().uri("/api/v1/me").with(basic(user)),
                http.get().uri("/api/v1/me").header("X-API-Key", key),
                http.get().uri("/api/v1/me").header(HttpHeaders.AUTHORIZATION, "Bearer " + key));
        for (var request : requests) {
            var answer = request.exchange();
            assertThat(answer).hasStatusOk().bodyJson().extractingPath("$.name").isEqualTo(user.name());
            assertThat(answer.getRequest().getSession(false)).isNull();
        }
    }

    @Test
    void tooManyWrongPasswordsAreAnsweredWith429AndCostALoginOnePasswordEach() {
        for (int i = 0; i < 10; i++) {
            assertThat(http.get().uri("/api/v1/me").with(httpBasic(user.name(), "wrong")))
                    .hasStatus(HttpStatus.UNAUTHORIZED);
        }
        assertThat(http.get().uri("/api/v1/me").with(basic(user)))
                .hasStatus(HttpStatus.TOO_MANY_REQUESTS)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .containsHeader(HttpHeaders.RETRY_AFTER);
    }

    @Test
    void aWrongRoleIsRefusedNamingTheRightOnes() {
        var body = "{\"name\": \"ann\", \"role\": \"Boss\", \"password\": \"correct horse battery\"}";
        assertThat(http.post()
                        .uri("/api/v1/accounts")
                        .with(basic(admin))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("Admin, ResourceAdmin, DomainAdmin, User");
    }

    @Test
    void accountsAreForAdmins() {
        assertThat(http.get().uri("/api/v1/accounts").with(basic(user))).hasStatus(HttpStatus.FORBIDDEN);
        assertThat(http.get().uri("/api/v1/accounts/{ref}", user.name()).with(basic(admin)))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.role")
                .isEqualTo("User");
    }

    @Test
    void changesOfAccountsAreInTheLedger() {
        accounts.disable(user.name(), admin);
        assertThat(http.get()
                        .uri("/api/v1/history?kind=account.updated&subject={id}", user.id())
                        .with(basic(admin)))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0].actor")
                .isEqualTo(admin.name());
    }
}
