package io.drover.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** What a request shows by itself, without a session: a name and password, or an API key. */
final class ShownCredentials {
    static final String API_KEY_HEADER = "X-API-Key";

    private static final String BEARER = "bearer ";

    private ShownCredentials() {}

    static boolean in(HttpServletRequest request) {
        return request.getHeader(API_KEY_HEADER) != null || request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    static Optional<String> apiKey(HttpServletRequest request) {
        var key = request.getHeader(API_KEY_HEADER);
        if (key != null) {
            return Optional.of(key);
        }
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /**
     * Whether a browser may have added the credentials by itself on behalf of a page from elsewhere. It can do so with a
     * remembered Basic login only; everything that is no browser leaves {@code Sec-Fetch-Site} out.
     */
    static boolean mayBeForged(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        return apiKey(request).isEmpty() && site != null && !site.equals("same-origin") && !site.equals("none");
    }
}
