package io.drover.problem.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that parts of the server could read differently: parameters in segments, empty segments, dots for segments,
 * encoded dots, slashes, percent signs and line ends, and an encoded first segment.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class OddPathFilter extends OncePerRequestFilter {
    private static final Pattern ODD =
            Pattern.compile(";|//|/\\.{1,2}(/|$)|\\\\|%(2e|2f|5c|25|00|0a|0d)|^/[^/]*%", Pattern.CASE_INSENSITIVE);

    private final ObjectMapper json;

    OddPathFilter(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (ODD.matcher(request.getRequestURI()).find()) {
            var refusal = ProblemException.invalid(
                    "path",
                    "must have no ';', no empty segment, no segment '.' or '..', no encoded '.', '/', '\\', '%' or line end,"
                            + " and a plain first segment",
                    request.getRequestURI());
            ProblemResponses.write(refusal, request, response, json);
            return;
        }
        chain.doFilter(request, response);
    }
}
