package io.drover.http;

import io.drover.problem.ProblemException;
import io.drover.problem.web.BodyRefusedException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A request whose body is too large to be gathered: read by few at a time, and not more slowly than 8 KB a second. */
final class StreamedRequest extends HttpServletRequestWrapper implements AutoCloseable {
    private static final int BYTES_PER_SECOND = 8 * 1024;

    private final Semaphore uploads;
    private final Duration patience;
    private @Nullable ServletInputStream stream;
    private boolean admitted;

    StreamedRequest(HttpServletRequest request, Semaphore uploads, Duration patience) {
        super(request);
        this.uploads = uploads;
        this.patience = patience;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (stream == null) {
            stream = new Paced(super.getInputStream());
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        var encoding = getCharacterEncoding();
        return new BufferedReader(
                new InputStreamReader(getInputStream(), encoding == null ? StandardCharsets.UTF_8.name() : encoding));
    }

    @Override
    public void close() {
        if (admitted) {
            admitted = false;
            uploads.release();
        }
    }

    private void admit() throws BodyRefusedException {
        if (!uploads.tryAcquire()) {
            throw new BodyRefusedException(new ProblemException(
                            ProblemException.Kind.UNAVAILABLE, "busy", "Too many large requests are being read now")
                    .with("retryAfterSeconds", patience.toSeconds()));
        }
        admitted = true;
    }

    private final class Paced extends ServletInputStream {
        private final ServletInputStream source;
        private final long begun = System.nanoTime();
        private long read;

        Paced(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            before();
            var one = source.read();
            read += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            before();
            var many = source.read(buffer, offset, length);
            read += Math.max(many, 0);
            return many;
        }

        private void before() throws BodyRefusedException {
            if (!admitted) {
                admit();
            }
            var allowed = patience.toNanos() + read * 1_000_000_000L / BYTES_PER_SECOND;
            if (System.nanoTime() - begun > allowed) {
                throw new BodyRefusedException(new ProblemException(
                        ProblemException.Kind.TIMED_OUT,
                        "request-timeout",
                        "Of the body only " + read + " bytes have come; it must come faster than 8 KB a second"));
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
