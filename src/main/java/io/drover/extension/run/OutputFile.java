package io.drover.extension.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file that a program appends to, kept within bounds on disk while the program runs: once it has grown past them the
 * blocks between its head and its tail are given back, and the program goes on appending. No thread reads a stream.
 *
 * <p>Where blocks cannot be given back (fallocate(1), and a file system that can), the head and the tail are set aside and
 * the file is emptied; what the program writes at that very moment is lost then, and not counted.
 */
final class OutputFile {
    private final Path file;
    private final Path head;
    private final Path tail;
    private final Path emptied;
    private final long bound;
    private final HolePunch punch;
    private long givenBack;

    OutputFile(Path file, long bound, HolePunch punch) {
        this.file = file;
        this.head = file.resolveSibling(file.getFileName() + ".head");
        this.tail = file.resolveSibling(file.getFileName() + ".tail");
        this.emptied = file.resolveSibling(file.getFileName() + ".emptied");
        this.bound = bound;
        this.punch = punch;
    }

    Path path() {
        return file;
    }

    /** Makes room if the file has outgrown its bound. */
    synchronized void trim() throws IOException {
        if (!Files.exists(file) || Files.size(file) - givenBack <= bound) {
            return;
        }
        long end = Files.size(file) - bound / 2;
        if (!Files.exists(head) && punch.punch(file, bound / 2, end)) {
            givenBack = end;
        } else {
            empty();
        }
    }

    private void empty() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!Files.exists(head)) {
                Files.write(head, read(channel, 0, bound / 2), StandardOpenOption.CREATE_NEW);
            }
            long size = channel.size();
            Files.write(tail, read(channel, size - bound / 2, bound / 2));
            Files.writeString(emptied, Long.toString(emptiedBytes() + size));
            channel.truncate(0);
            givenBack = 0;
        }
    }

    /** What is kept of everything written so far; empty where the file is gone. */
    synchronized Optional<Output> read() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return Optional.of(read(channel));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Output read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (Files.exists(head)) {
            return joined(Files.readAllBytes(head), emptiedBytes() + size, channel);
        }
        return size <= bound
                ? new Output(text(read(channel, 0, size)), size, false)
                : joined(read(channel, 0, bound / 2), size, channel);
    }

    private Output joined(byte[] first, long written, FileChannel channel) throws IOException {
        long rest = written - first.length;
        var last = lastBytes(channel, Math.min(bound / 2, rest));
        var text = text(first) + "\n[... " + (rest - last.length) + " bytes cut ...]\n" + text(last);
        return new Output(text, written, true);
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

    private long emptiedBytes() throws IOException {
        return Files.exists(emptied) ? Long.parseLong(Files.readString(emptied)) : 0;
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
