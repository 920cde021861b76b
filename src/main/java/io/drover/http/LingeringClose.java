package io.drover.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * What becomes of a body that nobody wanted to read, as that of a request that was refused. A few at a time are read on for a
 * moment, so that the client gets to read its answer; the connections of all others are closed. Tomcat by itself would have a
 * thread wait for the rest.
 */
final class LingeringClose extends ValveBase {
    private static final String CONNECTION = LingeringClose.class.getName();
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final long MOST_NANOS = 2_000_000_000L;

    private final Semaphore places = new Semaphore(8);

    LingeringClose() {
        super(true);
    }

    /** The rest of this request's body is not waited for; its connection is closed after the answer. */
    static void giveUp(ServletRequest request) {
        if (request.getAttribute(CONNECTION) instanceof org.apache.coyote.Request connection) {
            connection.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        var connection = request.getCoyoteRequest();
        request.setAttribute(CONNECTION, connection);
        getNext().invoke(request, response);
        if (!request.isAsync() && hasBody(connection) && !connection.isFinished()) {
            response.finishResponse();
            linger(connection);
        }
    }

    private static boolean hasBody(org.apache.coyote.Request connection) {
        try {
            return connection.getContentLengthLong() > 0 || connection.getHeader("transfer-encoding") != null;
        } catch (NumberFormatException e) {
            return false; // its connection is closed in any case
        }
    }

    private void linger(org.apache.coyote.Request connection) {
        if (places.tryAcquire()) {
            try {
                drain(connection);
            } catch (IOException e) {
                connection.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            } finally {
                places.release();
            }
        }
        if (!connection.isFinished()) {
            connection.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private static void drain(org.apache.coyote.Request connection) throws IOException {
        var end = System.nanoTime() + MOST_NANOS;
        var dropped = new Dropped();
        for (long read = 0; read < MOST_BYTES && System.nanoTime() < end && !connection.isFinished(); ) {
            var many = connection.doRead(dropped);
            if (many < 0) {
                return;
            }
            read += many;
        }
    }

    private static final class Dropped implements ApplicationBufferHandler {
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer given) {
            buffer = given;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // what is read is dropped
        }
    }
}
