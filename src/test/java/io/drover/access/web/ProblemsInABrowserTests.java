package io.drover.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** People in a browser see problems as pages, programs as JSON; the status is the same. */
class ProblemsInABrowserTests extends AccessOverHttp {
    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                BROWSER + " | true",
                "text/html | true",
                "TEXT/HTML;charset=utf-8 | true",
                "text/html, */* | true",
                "text/html, application/json;q=0.9 | true",
                "text/* | true",
                "text/html;q=0.5, */*;q=0.1 | true",
                "*/* | false",
                " | false",
                "application/json | false",
                "application/problem+json, */* | false",
                "application/json, text/html | false",
                "text/html, application/json | false",
                "text/html;q=0.5, application/json | false",
                "text/html;q=0, */* | false",
                "text/html;q=0.5, */* | false",
                "text/plain | false",
                "text/htmlx, */* | false",
                "x, text/html | false",
                "text/html;q=2 | false"
            })
    void whatIsAcceptedDecides(String accept, boolean page) {
        var request = http.get().uri("/nowhere").session(session(user));
        if (accept != null) {
            request.header(HttpHeaders.ACCEPT, accept);
        }
        var answer = request.exchange();

        assertThat(answer.getResponse().getStatus()).isIn(400, 404);
        assertThat(answer.getResponse().getContentType())
                .startsWith(page ? "text/html;charset=UTF-8" : "application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 404, There is nothing at GET /nowhere, Compare the path",
        "/api/v1/accounts/nobody, 403, may not, An Admin can change a role",
        "/camunda/app/cockpit/default/, 403, may not GET /camunda/app/cockpit/default/, An Admin can change a role",
        "/actuator/env, 403, may not GET /actuator/env, An Admin can change a role",
        "/api/v1/history?limit=x, 400, must be, What to do",
        "/error, 404, There is nothing here, Compare the path",
        "/problems/no-such, 404, There is no problem page, What to do"
    })
    void thePageSaysWhatWasWrongAndWhatToDo(String path, int status, String wrong, String todo) {
        var answer = page(path, user);

        assertThat(answer).hasStatus(status).bodyText().contains(wrong, todo, "Logged in as " + user.name());
        assertThat(answer).bodyText().contains("href=\"/\"", "action=\"/logout\"", "name=\"_csrf\" value=\"");
        assertThat(answer.getResponse().getHeaders(HttpHeaders.VARY)).contains("Accept");
    }

    @Test
    void aProgramGetsTheSameStatusAsJson() {
        for (var path : List.of("/nowhere", "/actuator/env", "/api/v1/history?limit=x", "/nowhere/a;b", "/error")) {
            var json = http.get().uri(path).accept("*/*").with(basic(user)).exchange();
            assertThat(json)
                    .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                    .hasStatus(page(path, user).getResponse().getStatus());
        }
    }

    @Test
    void aScriptInABrowserGetsJson() {
        assertThat(http.get()
                        .uri("/nowhere")
                        .session(session(user))
                        .header("X-Requested-With", "XMLHttpRequest")
                        .accept("text/html, */*;q=0.01"))
                .hasStatus(404)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onclick='alert(1)",
                "{{ways}}{{context}}",
                "$1\\$0",
                "&lt;b&gt;",
                "\u202e\u2028<b>"
            })
    void nothingThatCameWithTheRequestIsMarkup(String hostile) {
        var session = session(user);
        for (var uri : List.of("/nowhere/{x}", "/api/v1/history?limit={x}", "/problems/{x}", "/nowhere;{x}")) {
            var answer = http.get()
                    .uri(uri, hostile)
                    .session(session)
                    .accept(BROWSER)
                    .exchange();

            assertThat(answer.getResponse().getStatus()).as(uri).isBetween(400, 404);
            assertThat(answer)
                    .bodyText()
                    .doesNotContain("<script", "<img src=x", "<b>", "' onclick=")
                    .containsOnlyOnce("<h1>");
            assertThat(answer).hasContentTypeCompatibleWith(MediaType.TEXT_HTML);
        }
    }

    /** The first is refused before the login looks at the request. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere;x", "/nowhere", "/actuator/env", "/api/v1/history?limit=x", "/problems/forbidden"})
    void aPageHasTheHeadersThatPagesHave(String path) {
        assertThat(page(path, user))
                .hasHeader("X-Content-Type-Options", "nosniff")
                .hasHeader("X-Frame-Options", "SAMEORIGIN")
                .hasHeader("Referrer-Policy", "same-origin")
                .containsHeader("Cache-Control")
                .headers()
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy ->
                                assertThat(policy).hasSize(1).first().asString().contains("default-src 'none'"));
    }

    @Test
    void theLogoutOfThePageWorks() {
        var session = session(worker());
        var page = http.get().uri("/").session(session).accept(BROWSER).exchange();
        assertThat(page).hasStatus(403);
        var token = page.getResponse().getCookie("XSRF-TOKEN");
        var masked = contentOf(page).replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");

        assertThat(http.post()
                        .uri("/logout")
                        .session(session)
                        .accept(BROWSER)
                        .cookie(token)
                        .param("_csrf", masked))
                .hasStatus(302)
                .hasHeader(HttpHeaders.LOCATION, "/login?logout");
    }

    @Test
    void whoIsNotLoggedInIsLedToTheLoginAndOffersItOnAPage() {
        assertThat(http.get().uri("/nowhere").accept(BROWSER)).hasStatus(302).hasHeader("Location", "/login");
        assertThat(http.get().uri("/nowhere;x").accept(BROWSER))
                .hasStatus(400)
                .bodyText()
                .contains("href=\"/login\"")
                .doesNotContain("/logout");
    }

    @Test
    void whatIsWrittenAboutAProblemIsAPageToo() {
        assertThat(page("/problems/forbidden", user)).hasStatusOk().bodyText().contains("<h1>Forbidden</h1>", "<li>");
    }

    /** Even the first page is not for a Worker. */
    private Actor worker() {
        return accounts.create("w" + UUID.randomUUID(), RoleType.WORKER, "/", List.of("topic"), PASSWORD, Actor.SYSTEM)
                .actor();
    }

    private MvcTestResult page(String path, Actor who) {
        var answer = http.get().uri(path).session(session(who)).accept(BROWSER).exchange();
        assertThat(answer).hasContentTypeCompatibleWith(MediaType.TEXT_HTML);
        return answer;
    }

    private static String contentOf(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString();
        } catch (java.io.UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
