package io.drover.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import io.drover.problem.web.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.apache.catalina.Globals;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps whoever sends a body slowly, or never, from holding a thread. Small bodies are gathered as they arrive, and the request
 * goes on once it is whole. Large ones are read by the thread that needs them, few at a time; nothing reads one before it
 * knows who sends it. Forms are read before that, and so are always small.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyArrival extends OncePerRequestFilter {
    static final int SMALL = 64 * 1024;

    private final ObjectMapper json;
    private final BodyProperties properties;
    private final Semaphore uploads;

    BodyArrival(ObjectMapper json, BodyProperties properties) {
        this.json = json;
        this.properties = properties;
        this.uploads = new Semaphore(properties.uploads());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var declared = request.getContentLengthLong();
        var endless = declared < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (declared <= 0 && !endless || request instanceof WholeRequest) {
            chain.doFilter(request, response);
        } else if (!endless && declared <= SMALL) {
            gather(request, response, (int) declared);
        } else if (WholeRequest.isForm(request)) {
            var refusal = new ProblemException(
                            ProblemException.Kind.TOO_LARGE,
                            "request-too-large",
                            "A form must declare its Content-Length, at most " + SMALL + " bytes")
                    .with("limitBytes", SMALL);
            response.setHeader(HttpHeaders.CONNECTION, "close");
            ProblemResponses.write(refusal, request, response, json);
        } else {
            try (var body = new StreamedRequest(request, uploads, properties.timeout())) {
                chain.doFilter(body, response);
            }
        }
    }

    private void gather(HttpServletRequest request, HttpServletResponse response, int size) throws IOException {
        request.setAttribute(Globals.ASYNC_SUPPORTED_ATTR, true);
        var whole = new WholeRequest(request);
        var waiting = request.startAsync(whole, response);
        waiting.setTimeout(properties.timeout().toMillis());
        var body = new GatheredBody(whole, waiting, size, json);
        waiting.addListener(body);
        request.getInputStream().setReadListener(body);
    }
}
