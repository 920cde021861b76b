package io.drover.extension.run;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * Reads both outputs of a tool into one and gives it nothing to read. What the tool has left running may keep a pipe open:
 * that is not waited for, and its thread ends with it.
 */
final class ToolStreams extends PumpStreamHandler {
    /** After the tool's end, what is in the pipes already is read well within this. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final List<Thread> readers = new ArrayList<>();

    ToolStreams(OutputStream output) {
        super(output, output);
    }

    @Override
    protected Thread createPump(InputStream from, OutputStream to) {
        var reader = super.createPump(from, to);
        readers.add(reader);
        return reader;
    }

    /** Called when the tool has ended. */
    @Override
    public void stop() {
        long end = System.nanoTime() + PATIENCE;
        try {
            for (var reader : readers) {
                reader.join(
                        Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
