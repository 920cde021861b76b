package io.drover.extension.run;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that a program appends to, kept within bounds on disk while the program runs: once it has grown past them the
 * blocks between its head and its tail are given back, and the program goes on appending. No thread reads a stream. What is
 * not the file that was made for it, but something that the program has put in its place, is never touched.
 *
 * <p>Where blocks cannot be given back (fallocate(1), and a file system that can), the head and the tail are set aside and
 * the file is emptied; what the program writes at that very moment is lost then, and not counted.
 */
final class OutputFile {
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    private final Path file;
    private final String name;
    private final long bound;
    private final HolePunch punch;
    private long givenBack;
    private @Nullable Long inode;

    OutputFile(Path file, long bound, HolePunch punch) {
        this.file = file;
        this.name = file.getFileName().toString();
        this.bound = bound;
        this.punch = punch;
    }

    Path path() {
        return file;
    }

    /** Says which file it is; until then it is any regular one that has no other name. */
    synchronized void identify(@Nullable Long number) {
        inode = number;
    }

    /** What stands under its name. */
    RunFile look() throws IOException {
        return RunFile.at(file);
    }

    synchronized boolean isItself() throws IOException {
        return look().is(inode);
    }

    /** Makes room if the file has outgrown its bound. */
    synchronized void trim() throws IOException {
        var found = look();
        if (!found.is(inode) || found.size() - givenBack <= bound) {
            return;
        }
        try (var directory = RunHandle.open(directory())) {
            if (directory.file(name, found.inode()).map(OutputFile::closed).isEmpty()) {
                return;
            }
            long end = found.size() - bound / 2;
            if (!hasHead(directory) && punch.punch(file, bound / 2, end)) {
                givenBack = end;
            } else {
                empty(directory, found.inode());
            }
        }
    }

    private static boolean closed(SeekableByteChannel channel) {
        try {
            channel.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void empty(RunHandle directory, long number) throws IOException {
        try (var channel = directory.file(name, number).orElse(null)) {
            if (channel == null) {
                return;
            }
            if (!hasHead(directory)) {
                directory.write(name + ".head", RunHandle.read(channel, 0, bound / 2));
            }
            long size = channel.size();
            directory.write(name + ".tail", RunHandle.read(channel, size - bound / 2, bound / 2));
            var count = Long.toString(emptiedBytes(directory) + size);
            directory.write(name + ".emptied", count.getBytes(StandardCharsets.US_ASCII));
            channel.truncate(0);
            givenBack = 0;
        }
    }

    private boolean hasHead(RunHandle directory) throws IOException {
        return directory
                .look(name + ".head")
                .filter(BasicFileAttributes::isRegularFile)
                .isPresent();
    }

    /** What is kept of everything written so far; empty where the file is gone, or no longer itself. */
    synchronized Optional<Output> read() throws IOException {
        var found = look();
        if (!found.is(inode)) {
            return Optional.empty();
        }
        try (var directory = RunHandle.open(directory());
                var channel = directory.file(name, found.inode()).orElse(null)) {
            return channel == null ? Optional.empty() : Optional.of(read(directory, channel));
        } catch (NotDirectoryException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (isItself()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Output read(RunHandle directory, SeekableByteChannel channel) throws IOException {
        long size = channel.size();
        var head = directory.start(name + ".head", (int) (bound / 2));
        if (head.isPresent()) {
            return joined(directory, head.get(), emptiedBytes(directory) + size, channel);
        }
        return size <= bound
                ? new Output(text(RunHandle.read(channel, 0, size)), size, false)
                : joined(directory, RunHandle.read(channel, 0, bound / 2), size, channel);
    }

    private Output joined(RunHandle directory, byte[] first, long written, SeekableByteChannel channel)
            throws IOException {
        long rest = Math.max(0, written - first.length);
        var last = lastBytes(directory, channel, Math.min(bound / 2, rest));
        var text = text(first) + "\n[... " + (rest - last.length) + " bytes cut ...]\n" + text(last);
        return new Output(text, written, true);
    }

    private byte[] lastBytes(RunHandle directory, SeekableByteChannel channel, long wanted) throws IOException {
        long inFile = Math.min(wanted, channel.size());
        var recent = RunHandle.read(channel, channel.size() - inFile, inFile);
        var before = directory.start(name + ".tail", (int) (bound / 2)).orElseGet(() -> new byte[0]);
        int missing = (int) Math.min(wanted - inFile, before.length);
        var joined = Arrays.copyOfRange(before, before.length - missing, before.length + recent.length);
        System.arraycopy(recent, 0, joined, missing, recent.length);
        return joined;
    }

    private long emptiedBytes(RunHandle directory) throws IOException {
        return directory
                .start(name + ".emptied", 20)
                .map(OutputFile::text)
                .filter(count -> COUNT.matcher(count).matches())
                .map(Long::valueOf)
                .orElse(0L);
    }

    private Path directory() {
        return java.util.Objects.requireNonNull(file.getParent());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
