package io.drover.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.problem.ProblemException;
import io.drover.problem.web.ProblemResponses;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/** A small body on its way: takes what is there without waiting, and lets the request go on when all of it is. */
final class GatheredBody implements ReadListener, AsyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(GatheredBody.class);

    private final WholeRequest request;
    private final AsyncContext waiting;
    private final ServletInputStream source;
    private final int size;
    private final ObjectMapper json;
    private final ByteArrayOutputStream gathered;
    private boolean over;

    GatheredBody(WholeRequest request, AsyncContext waiting, int size, ObjectMapper json) throws IOException {
        this.request = request;
        this.waiting = waiting;
        this.source = request.source();
        this.size = size;
        this.json = json;
        this.gathered = new ByteArrayOutputStream(Math.min(size, 512));
    }

    @Override
    public void onDataAvailable() throws IOException {
        var buffer = new byte[Math.min(size, 8192)];
        while (source.isReady()) {
            var many = source.read(buffer);
            if (many < 0) {
                return;
            }
            gathered.write(buffer, 0, many);
        }
    }

    @Override
    public void onAllDataRead() {
        if (!over) {
            over = true;
            request.arrived(gathered.toByteArray());
            waiting.dispatch();
        }
    }

    /** The connection is lost, or nothing has come through it for as long as any connection is waited for. */
    @Override
    public void onError(@Nullable Throwable failure) {
        end(failure instanceof SocketTimeoutException);
    }

    @Override
    public void onError(AsyncEvent event) {
        end(false);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end(true);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over = true;
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // what goes on after the body has nothing to do with it
    }

    private void end(boolean tooSlow) {
        if (over) {
            return;
        }
        over = true;
        try {
            if (tooSlow) {
                refuse((HttpServletResponse) waiting.getResponse());
            }
        } catch (IOException e) {
            LOG.debug("The client is gone before it could be told that it was too slow", e);
        } finally {
            waiting.complete();
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        var refusal = new ProblemException(
                ProblemException.Kind.TIMED_OUT,
                "request-timeout",
                "Of the " + size + " bytes of the body only " + gathered.size() + " have come");
        response.setHeader(HttpHeaders.CONNECTION, "close");
        ProblemResponses.write(refusal, request, response, json);
        response.flushBuffer();
        LingeringClose.giveUp(request);
    }
}
