package io.drover.access.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import io.drover.problem.web.PagePreference;
import io.drover.problem.web.ProblemResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** What those see who are not logged in or may not do what they ask for: people the login page, programs problem details. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    /** Whether a person waits for a page. */
    static boolean isForPeople(HttpServletRequest request) {
        return PagePreference.of(request) && !ShownCredentials.in(request);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof PasswordLogin.Refused refused) {
            ProblemResponses.write(refused.refusal(), request, response, json);
        } else if (isForPeople(request)) {
            response.sendRedirect(request.getContextPath() + "/login");
        } else {
            unauthenticated(request, response, reason);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (reason instanceof CsrfException) {
            if (authentication == null) {
                commence(request, response, new InsufficientAuthenticationException("No login", reason));
                return;
            }
            forbidden(
                    "csrf-token",
                    "The header X-XSRF-TOKEN must have the value of the cookie XSRF-TOKEN when a session"
                            + " changes something; requests with an API key or HTTP Basic need none",
                    request,
                    response);
            return;
        }
        var who = authentication == null ? "You" : "'" + authentication.getName() + "'";
        forbidden(
                "forbidden",
                who + " may not " + request.getMethod() + " " + request.getRequestURI(),
                request,
                response);
    }

    private void forbidden(String slug, String message, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var refusal = new ProblemException(ProblemException.Kind.FORBIDDEN, slug, message);
        ProblemResponses.write(refusal, request, response, json);
    }

    private void unauthenticated(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (request.getHeader("X-Requested-With") == null && request.getHeader("Sec-Fetch-Site") == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Drover\", charset=\"UTF-8\"");
        }
        var message = reason instanceof BadCredentialsException
                ? "The name and password, or the API key, are wrong, expired or disabled"
                : "Log in with HTTP Basic, an API key in X-API-Key, or at /login";
        var refusal = new ProblemException(ProblemException.Kind.UNAUTHENTICATED, "unauthenticated", message);
        ProblemResponses.write(refusal, request, response, json);
    }
}
