package io.drover.extension.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file that a program appends to, kept within bounds while the program runs: once it grows past them its head is set
 * aside and the file is emptied under the program, which goes on appending. No thread reads a stream.
 */
final class OutputFile {
    private final Path file;
    private final Path head;
    private final Path tail;
    private final long bound;
    private long dropped;

    OutputFile(Path file, long bound) {
        this.file = file;
        this.head = file.resolveSibling(file.getFileName() + ".head");
        this.tail = file.resolveSibling(file.getFileName() + ".tail");
        this.bound = bound;
    }

    Path path() {
        return file;
    }

    /** Makes room if the file has outgrown its bound. */
    synchronized void trim() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= bound) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!Files.exists(head)) {
                Files.write(head, read(channel, 0, bound / 2), StandardOpenOption.CREATE_NEW);
                dropped -= bound / 2;
            }
            long size = channel.size();
            Files.write(tail, read(channel, size - bound / 2, bound / 2));
            dropped += size;
            channel.truncate(0);
        }
    }

    /** What is kept of everything written so far. */
    synchronized Output read() throws IOException {
        if (!Files.exists(file)) {
            return Output.NONE;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (!Files.exists(head)) {
                return size <= bound
                        ? new Output(text(read(channel, 0, size)), size, false)
                        : joined(read(channel, 0, bound / 2), size - bound / 2, channel);
            }
            return joined(Files.readAllBytes(head), dropped + size, channel);
        }
    }

    private Output joined(byte[] first, long rest, FileChannel channel) throws IOException {
        var last = lastBytes(channel, Math.min(bound / 2, rest));
        var text = text(first) + "\n[... " + (rest - last.length) + " bytes cut ...]\n" + text(last);
        return new Output(text, first.length + rest, true);
    }

    private byte[] lastBytes(FileChannel channel, long wanted) throws IOException {
        long inFile = Math.min(wanted, channel.size());
        var recent = read(channel, channel.size() - inFile, inFile);
        var before = Files.exists(tail) ? Files.readAllBytes(tail) : new byte[0];
        int missing = (int) Math.min(wanted - inFile, before.length);
        var joined = Arrays.copyOfRange(before, before.length - missing, before.length + recent.length);
        System.arraycopy(recent, 0, joined, missing, recent.length);
        return joined;
    }

    private static byte[] read(FileChannel channel, long from, long length) throws IOException {
        var buffer = ByteBuffer.allocate(Math.toIntExact(length));
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            continue;
        }
        return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
