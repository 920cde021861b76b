package io.drover.problem.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Enumeration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a Content-Type, or what is accepted, that is none: what reads them further on takes that for its own failure. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class ContentTypeFilter extends OncePerRequestFilter {
    /** RFC 9110, section 12.4.2. */
    private static final Pattern PREFERENCES = Pattern.compile(
            "\\s*(%1$s(\\s*,\\s*%1$s)*)?\\s*"
                    .formatted("[A-Za-z0-9*!#$%&'+.^_`|~-]+(\\s*;\\s*q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?))?"),
            Pattern.CASE_INSENSITIVE);

    private final ObjectMapper json;

    ContentTypeFilter(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            ProblemResponses.write(refusal, request, response, json);
        }
    }

    private static @Nullable ProblemException refusal(HttpServletRequest request) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !isOfABody(type)) {
            return new ProblemException(
                    ProblemException.Kind.UNSUPPORTED,
                    "unsupported-media-type",
                    "Content-Type must be one media type, such as application/json, not '" + type + "'");
        }
        for (Enumeration<String> accepted = request.getHeaders(HttpHeaders.ACCEPT); accepted.hasMoreElements(); ) {
            var text = accepted.nextElement();
            if (!isList(text)) {
                return ProblemException.invalid("Accept", "must be media types such as application/json", text);
            }
        }
        return preferences(
                request, HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.ACCEPT_ENCODING, HttpHeaders.ACCEPT_CHARSET);
    }

    private static @Nullable ProblemException preferences(HttpServletRequest request, String... names) {
        for (var name : names) {
            for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
                var text = values.nextElement();
                if (!PREFERENCES.matcher(text).matches()) {
                    return ProblemException.invalid(name, "must be a list such as a, b;q=0.5", text);
                }
            }
        }
        return null;
    }

    private static boolean isOfABody(String text) {
        try {
            var type = MediaType.parseMediaType(text);
            var charset = type.getParameter("charset");
            return type.isConcrete() && (charset == null || Charset.isSupported(charset.replace("\"", "")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isList(String text) {
        try {
            MediaType.parseMediaTypes(text);
            return true;
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
