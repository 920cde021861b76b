package io.drover.problem.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too big: by their declared size, or when more than the limit is read of those that declare none. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
@EnableConfigurationProperties(BodyLimits.class)
class BodyLimitFilter extends OncePerRequestFilter {
    private final BodyLimits limits;
    private final ObjectMapper json;

    BodyLimitFilter(BodyLimits limits, ObjectMapper json) {
        this.limits = limits;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var limit = limits.of(request.getRequestURI()
                        .substring(request.getContextPath().length()))
                .toBytes();
        var declared = request.getContentLengthLong();
        if (declared > limit) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
            ProblemResponses.write(LimitedRequest.refusal(limit, declared), request, response, json);
            return;
        }
        try {
            chain.doFilter(declared < 0 ? new LimitedRequest(request, limit) : request, response);
        } catch (ServletException | IOException | RuntimeException e) {
            var refusal = refusalIn(e);
            if (refusal == null || response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            ProblemResponses.write(refusal, request, response, json);
        }
    }

    private static @Nullable ProblemException refusalIn(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyRefusedException refused) {
                return refused.refusal();
            }
        }
        return null;
    }
}
