package io.drover.extension.run;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named pipe in which supervisors report the ends of runs, a line each that programs do not know. One thread reads it; a
 * line is short enough to be written whole (pipe(7), PIPE_BUF). Who reports to a server that is gone gets PIPE and ends. Only
 * this server opens it by name, before any program runs: whatever stands there later is of no account.
 */
final class EndReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndReports.class);
    private static final int LONGEST = 200;
    private static final int BUFFER = 4096;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Path name;
    private final Path path;
    private final RandomAccessFile pipe;
    private final Map<String, CompletableFuture<Void>> expected = new ConcurrentHashMap<>();
    private final StringBuilder line = new StringBuilder();
    private volatile boolean closed;

    private EndReports(Path name) throws IOException {
        this.name = name;
        this.pipe = new RandomAccessFile(name.toFile(), "rw");
        this.path = opened(name);
    }

    /** Makes the pipe in a directory and reads it from now on. Refuses where that cannot be done. */
    static EndReports in(Path directory) {
        var path = directory.resolve("run-ends");
        try {
            Files.deleteIfExists(path);
            var made = ShortTool.run(List.of(Tool.MKFIFO.require().toString(), "-m", "600", path.toString()));
            if (made.exitCode() != 0) {
                throw new IOException(made.text());
            }
            var reports = new EndReports(path);
            RunThreads.named("drover-run-ends").newThread(reports::read).start();
            return reports;
        } catch (IOException e) {
            throw new RunnerRefusal(
                    "The named pipe " + path + " cannot be made: " + e.getMessage(),
                    "Set drover.home to a directory on a file system that has named pipes.");
        }
    }

    /** The pipe that this server has open, whatever its name stands for by now; its name where that cannot be told. */
    private static Path opened(Path name) throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return name;
        }
        var real = name.toRealPath();
        try (var descriptors = Files.list(DESCRIPTORS)) {
            return descriptors
                    .filter(descriptor -> leadsTo(descriptor, real))
                    .findFirst()
                    .orElse(name);
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false;
        }
    }

    /** Where this server can open it for those who report. */
    Path path() {
        return path;
    }

    /** Completes when this line is reported. */
    CompletableFuture<Void> expect(String report) {
        var end = new CompletableFuture<Void>();
        expected.put(report, end);
        end.whenComplete((nothing, failure) -> expected.remove(report));
        return end;
    }

    @Override
    public void close() {
        closed = true;
        try {
            pipe.write('\n');
            Files.deleteIfExists(name);
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", name, e);
        }
    }

    private void read() {
        try (pipe;
                InputStream input = new FileInputStream(pipe.getFD())) {
            var buffer = new byte[BUFFER];
            while (!closed) {
                int count = input.read(buffer);
                for (int i = 0; i < count; i++) {
                    take((char) buffer[i]);
                }
            }
        } catch (IOException e) {
            LOG.error("Ends of runs can no longer be read from {}; they are found out more slowly", name, e);
        }
    }

    /** What is no line of a supervisor's takes no room. */
    private void take(char character) {
        if (character != '\n') {
            if (line.length() < LONGEST) {
                line.append(character);
            }
            return;
        }
        var end = expected.get(line.toString());
        line.setLength(0);
        try {
            if (end != null) {
                end.complete(null);
            }
        } catch (RuntimeException e) {
            LOG.error("The end of a run cannot be taken note of", e);
        }
    }
}
