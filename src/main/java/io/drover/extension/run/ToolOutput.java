package io.drover.extension.run;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning of what a tool prints; of the rest only the number of bytes is kept. */
final class ToolOutput extends OutputStream {
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long written;

    /** @param most so many bytes are kept */
    ToolOutput(int most) {
        this.most = most;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, most - kept.size()));
        written += length;
    }

    /** What is kept, stripped, and how much is missing. */
    synchronized String text() {
        var text = kept.toString(StandardCharsets.UTF_8).strip();
        return written > most ? text + "\n[... " + (written - most) + " bytes cut ...]" : text;
    }
}
