package io.drover.problem.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Problem details for those parts of the server that answer before Spring MVC does, such as security filters. */
public final class ProblemResponses {
    private ProblemResponses() {}

    /**
     * Writes the refusal as {@code application/problem+json}, or as a page where one is asked for, with {@code Retry-After} if
     * it has one, and commits the response.
     */
    public static void write(
            ProblemException refusal, HttpServletRequest request, HttpServletResponse response, ObjectMapper json)
            throws IOException {
        var body = body(refusal);
        body.setInstance(instance(request.getRequestURI()));
        response.setStatus(body.getStatus());
        retryAfter(refusal).ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
        if (PagePreference.of(request)) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
            ProblemPage.headers().toSingleValueMap().forEach(response::setHeader);
            response.getOutputStream().write(ProblemPage.of(body, request).getBytes(StandardCharsets.UTF_8));
            return;
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getOutputStream(), body);
    }

    /** The refusal as the answer of an exception handler. */
    public static ResponseEntity<Object> of(ProblemException refusal, HttpServletRequest request) {
        var body = body(refusal);
        body.setInstance(instance(request.getRequestURI()));
        return of(body, new HttpHeaders(), request);
    }

    /** The problem in the form that is asked for, with these headers. */
    static ResponseEntity<Object> of(ProblemDetail body, HttpHeaders headers, HttpServletRequest request) {
        var answer = ResponseEntity.status(body.getStatus()).headers(headers);
        return PagePreference.of(request)
                ? answer.headers(ProblemPage.headers())
                        .varyBy(HttpHeaders.ACCEPT)
                        .body(ProblemPage.of(body, request))
                : answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
    }

    /** The header {@code Retry-After} of what may be sent again later. */
    static Optional<String> retryAfter(ProblemException refusal) {
        return Optional.ofNullable(refusal.members().get("retryAfterSeconds")).map(Object::toString);
    }

    /** A path as a URI, however odd it is; {@code /} where it is none. */
    static URI instance(String path) {
        try {
            return path.startsWith("//") ? new URI("/") : new URI(path);
        } catch (URISyntaxException e) {
            return URI.create("/");
        }
    }

    static ProblemDetail body(ProblemException refusal) {
        var body = ProblemDetail.forStatusAndDetail(status(refusal.kind()), refusal.getMessage());
        body.setType(URI.create("/problems/" + refusal.slug()));
        body.setTitle(title(refusal.slug()));
        if (!refusal.violations().isEmpty()) {
            body.setProperty("errors", refusal.violations());
        }
        refusal.members().forEach(body::setProperty);
        return body;
    }

    private static String title(String slug) {
        var words = slug.replace('-', ' ').replaceAll("\\bvm\\b", "VM").replaceAll("\\bapi\\b", "API");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** What refusals of a kind are in HTTP. */
    public static HttpStatus status(ProblemException.Kind kind) {
        return switch (kind) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case GONE -> HttpStatus.GONE;
            case PRECONDITION_FAILED -> HttpStatus.PRECONDITION_FAILED;
            case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
            case TIMED_OUT -> HttpStatus.REQUEST_TIMEOUT;
            case UNSUPPORTED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
