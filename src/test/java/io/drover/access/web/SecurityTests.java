package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.ApiKeys;
import io.drover.access.RoleType;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(classes = {SecuritySlice.class, SecurityTests.Elsewhere.class})
@AutoConfigureMockMvc
class SecurityTests {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    static Path home;

    @Autowired
    MockMvcTester http;

    @Autowired
    Accounts accounts;

    @Autowired
    ApiKeys keys;

    Actor admin;
    Actor user;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("drover.home", () -> home.toString());
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        registry.add("spring.datasource.username", () -> "sa");
    }

    @BeforeEach
    void accounts() {
        admin = account(RoleType.ADMIN);
        user = account(RoleType.USER);
    }

    private Actor account(RoleType role) {
        var name = "a" + UUID.randomUUID().toString().substring(0, 8);
        return accounts.create(name, role, "/", PASSWORD, Actor.SYSTEM).actor();
    }

    private static RequestPostProcessor basic(Actor actor) {
        return httpBasic(actor.name(), PASSWORD);
    }

    /** What a script in the browser does: it sends the cookie's value back in a header. */
    private static MockHttpServletRequest token(MockHttpServletRequest request) {
        request.setCookies(new Cookie("XSRF-TOKEN", "t0ken"));
        request.addHeader("X-XSRF-TOKEN", "t0ken");
        return request;
    }

    private MockHttpSession session(Actor actor) {
        var login = http.post()
                .uri("/login")
                .param("username", actor.name())
                .param("password", PASSWORD)
                .with(SecurityTests::token)
                .exchange();
        assertThat(login).hasStatus(HttpStatus.FOUND).hasHeader(HttpHeaders.LOCATION, "/");
        return (MockHttpSession) login.getRequest().getSession();
    }

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
                        .with(SecurityTests::token)
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
                .with(SecurityTests::token)
                .exchange();
        assertThat(before.getId()).isNotEqualTo(known);
    }

    @Test
    void aSessionEndsWhenItsAccountIsDisabled() {
        var session = session(user);
        accounts.disable(user.name(), Actor.SYSTEM);
        assertThat(http.get().uri("/api/v1/me").session(session)).hasStatus(HttpStatus.UNAUTHORIZED);
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

    /** Stands in for what others serve. */
    @RestController
    static class Elsewhere {
        @RequestMapping({"/engine-rest/**", "/camunda/**", "/actuator/**", "/v3/api-docs", "/swagger-ui/index.html"})
        String answer() {
            return "reached";
        }
    }
}
