package io.drover.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
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
     * remembered Basic login only. Browsers tell by {@code Sec-Fetch-Site}, but leave that out on plain HTTP, where
     * {@code Origin} or {@code Referer} tells; what is no browser has none of the three.
     */
    static boolean mayBeForged(HttpServletRequest request) {
        if (apiKey(request).isPresent()) {
            return false;
        }
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        return isElsewhere(request, HttpHeaders.ORIGIN) || isElsewhere(request, HttpHeaders.REFERER);
    }

    private static boolean isElsewhere(HttpServletRequest request, String header) {
        var page = request.getHeader(header);
        if (page == null) {
            return false;
        }
        try {
            return !String.valueOf(new URI(page).getAuthority()).equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
        } catch (URISyntaxException e) {
            return true;
        }
    }
}
