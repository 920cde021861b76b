package io.drover.extension.run;

import io.drover.problem.Names;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named pipe in which supervisors report the ends of runs, a line with the run's id each. One thread reads it; a line is
 * short enough to be written whole (pipe(7), PIPE_BUF). Who reports to a server that is gone gets PIPE and ends.
 */
final class EndReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndReports.class);

    private final Path path;
    private final RandomAccessFile pipe;
    private final Map<UUID, CompletableFuture<Void>> expected = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private EndReports(Path path) throws IOException {
        this.path = path;
        this.pipe = new RandomAccessFile(path.toFile(), "rw");
    }

    /** Makes the pipe in a directory and reads it from now on. Refuses where that cannot be done. */
    static EndReports in(Path directory) {
        var path = directory.resolve("run-ends");
        try {
            Files.deleteIfExists(path);
            var made = Tool.run(List.of(Tool.MKFIFO.require().toString(), "-m", "600", path.toString()));
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

    Path path() {
        return path;
    }

    /** Completes when the run's end is reported. */
    CompletableFuture<Void> expect(UUID run) {
        var end = new CompletableFuture<Void>();
        expected.put(run, end);
        end.whenComplete((nothing, failure) -> expected.remove(run));
        return end;
    }

    @Override
    public void close() {
        closed = true;
        try {
            pipe.write('\n');
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", path, e);
        }
    }

    private void read() {
        try (pipe;
                var input = new FileInputStream(pipe.getFD());
                var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.US_ASCII))) {
            while (!closed) {
                take(lines.readLine());
            }
        } catch (IOException e) {
            LOG.error("Ends of runs can no longer be read from {}; they are found out more slowly", path, e);
        }
    }

    private void take(@Nullable String line) {
        var end = line != null && Names.isId(line) ? expected.get(UUID.fromString(line)) : null;
        try {
            if (end != null) {
                end.complete(null);
            }
        } catch (RuntimeException e) {
            LOG.error("The end of run {} cannot be taken note of", line, e);
        }
    }
}
