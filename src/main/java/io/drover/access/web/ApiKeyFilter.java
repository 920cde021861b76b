package io.drover.access.web;

import io.drover.access.Logins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Logs a request in by the API key it shows; a wrong one ends it. */
class ApiKeyFilter extends OncePerRequestFilter {
    private final Logins logins;
    private final SecurityContextRepository contexts;
    private final AuthenticationEntryPoint refusals;

    ApiKeyFilter(Logins logins, SecurityContextRepository contexts, AuthenticationEntryPoint refusals) {
        this.logins = logins;
        this.contexts = contexts;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = ShownCredentials.apiKey(request);
        if (key.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        var actor = logins.byApiKey(key.get(), request.getRemoteAddr());
        if (actor.isEmpty()) {
            refusals.commence(request, response, new BadCredentialsException("Unknown, expired or revoked API key"));
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(ActorAuthentication.ofApiKey(actor.get()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        chain.doFilter(request, response);
    }
}
