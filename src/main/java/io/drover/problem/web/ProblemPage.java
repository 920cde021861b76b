package io.drover.problem.web;

import io.drover.problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** A problem as people in a browser see it: what was wrong, what to do, and the way on. It needs no script. */
final class ProblemPage {
    static final MediaType TYPE = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String PAGE = template();

    private ProblemPage() {}

    /** The problem as a page of its own. */
    static String of(ProblemDetail problem, HttpServletRequest request) {
        var message = escape(problem.getDetail());
        var more = ProblemText.of(problem.getType()).map(ProblemText::html).orElse("");
        return filled(
                problem.getTitle(),
                "<p class=\"message\" role=\"alert\">" + message + "</p>" + errors(problem) + more,
                "Status " + problem.getStatus(),
                request);
    }

    /** What is written about a kind of problem, as a page of its own. */
    static String of(ProblemText text, HttpServletRequest request) {
        return filled(text.title(), text.html(), "", request);
    }

    /**
     * What every page has that is answered before the login has looked at the request; the login adds these, and more, where
     * they are missing.
     */
    static HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.setContentType(TYPE);
        headers.setCacheControl("no-store");
        headers.add("X-Content-Type-Options", "nosniff");
        headers.add("X-Frame-Options", "SAMEORIGIN");
        headers.add("Referrer-Policy", "same-origin");
        headers.add(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self';"
                        + " frame-ancestors 'self'");
        return headers;
    }

    /** One pass, so that nothing that came with the request is taken for a place to be filled. */
    private static String filled(@Nullable String title, String body, String status, HttpServletRequest request) {
        var context = escape(request.getContextPath());
        var values = Map.of(
                "context", context, "title", escape(title), "body", body, "status", status, "ways", ways(request));
        return PLACE.matcher(PAGE)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }

    private static String errors(ProblemDetail problem) {
        var properties = problem.getProperties();
        if (properties == null || !(properties.get("errors") instanceof List<?> errors) || errors.size() < 2) {
            return "";
        }
        var list = new StringBuilder("<ul>");
        for (var error : errors) {
            if (error instanceof Violation violation) {
                list.append("<li><code>")
                        .append(escape(violation.pointer()))
                        .append("</code> ")
                        .append(escape(violation.message()))
                        .append("</li>");
            }
        }
        return list.append("</ul>").toString();
    }

    private static String ways(HttpServletRequest request) {
        var context = escape(request.getContextPath());
        var user = request.getUserPrincipal();
        if (user == null) {
            return "<a href=\"" + context + "/login\">Log in</a>";
        }
        var back = "<a href=\"" + context + "/\">To the first page</a> <span class=\"aside\">Logged in as "
                + escape(user.getName()) + "</span>";
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? back + logout(context, token)
                : back;
    }

    private static String logout(String context, CsrfToken token) {
        return "<form method=\"post\" action=\"" + context + "/logout\"><input type=\"hidden\" name=\""
                + escape(token.getParameterName()) + "\" value=\"" + escape(token.getToken())
                + "\"><button class=\"quiet\" type=\"submit\">Log out</button></form>";
    }

    private static String escape(@Nullable String text) {
        return text == null ? "" : HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private static String template() {
        try {
            return new ClassPathResource("pages/problem.html").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
