package io.drover.problem.web;

import io.drover.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request of which no more than the limit can be read. */
class LimitedRequest extends HttpServletRequestWrapper {
    private final long limit;
    private @Nullable ServletInputStream body;

    LimitedRequest(HttpServletRequest request, long limit) {
        super(request);
        this.limit = limit;
    }

    /** @param declared the size that the request declares, negative when it declares none */
    static ProblemException refusal(long limit, long declared) {
        var size = declared < 0 ? "is larger" : "has " + declared;
        var message = "A request's body may have at most " + limit + " bytes here, and this one " + size;
        var refusal = new ProblemException(ProblemException.Kind.TOO_LARGE, "request-too-large", message)
                .with("limitBytes", limit);
        return declared < 0 ? refusal : refusal.with("declaredBytes", declared);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Counted(super.getInputStream());
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        var encoding = getCharacterEncoding();
        return new BufferedReader(
                new InputStreamReader(getInputStream(), encoding == null ? StandardCharsets.UTF_8.name() : encoding));
    }

    private final class Counted extends ServletInputStream {
        private final ServletInputStream source;
        private long read;

        Counted(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            var one = source.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var many = source.read(buffer, offset, length);
            count(Math.max(many, 0));
            return many;
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

        private void count(int more) throws IOException {
            read += more;
            if (read > limit) {
                throw new BodyRefusedException(refusal(limit, -1));
            }
        }
    }
}
