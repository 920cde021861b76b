package io.drover.problem.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.DatabaseAway;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 503 where a part of the server that comes before Spring MVC, the login for instance, could not ask the database. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class DatabaseAwayFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAwayFilter.class);

    private final ObjectMapper json;

    DatabaseAwayFilter(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            var refusal = DatabaseAway.refusal(e);
            if (refusal.isEmpty() || response.isCommitted()) {
                throw e;
            }
            LOG.warn("{} {}: the database cannot be reached", request.getMethod(), request.getRequestURI());
            response.reset();
            ProblemResponses.write(refusal.get(), request, response, json);
        }
    }
}
