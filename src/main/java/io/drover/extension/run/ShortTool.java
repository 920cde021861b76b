package io.drover.extension.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.Watchdog;
import org.jspecify.annotations.Nullable;

/**
 * Runs short tools of the operating system that the server itself needs, never an extension's program: within a time limit,
 * with a bound on what is kept of their output, nothing to read, and an environment that has nothing of the server's.
 */
final class ShortTool {
    /** So long may a tool take. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** So many bytes of its output are kept. */
    static final int MOST_OUTPUT = 64 * 1024;

    /** What not even KILL ends, such as a wait for a disk that is away, is left to itself after this. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8");
    private static final ThreadFactory THREADS = RunThreads.named("drover-tool");

    private final CommandLine command;
    private final Duration limit;
    private final ToolOutput output = new ToolOutput(MOST_OUTPUT);
    private final TimeLimit watchdog;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    private ShortTool(List<String> command, Duration limit) {
        this.command = commandLine(command);
        this.limit = limit;
        this.watchdog = new TimeLimit(limit);
    }

    /** The library strips an argument unless it comes by a variable. */
    private static CommandLine commandLine(List<String> command) {
        var line = new CommandLine(command.get(0));
        var arguments = new HashMap<String, String>();
        for (int i = 1; i < command.size(); i++) {
            arguments.put("argument" + i, command.get(i));
            line.addArgument("${argument" + i + "}", false);
        }
        line.setSubstitutionMap(arguments);
        return line;
    }

    /**
     * Runs a tool to its end and tells what it printed to both of its outputs.
     *
     * @param command absolute path and arguments
     * @throws UncheckedIOException where it cannot be started, and where the thread is interrupted meanwhile, which ends it
     */
    static Ended run(List<String> command) {
        return run(command, LIMIT);
    }

    /** The same with a time limit of its own. */
    static Ended run(List<String> command, Duration limit) {
        var tool = new ShortTool(command, limit);
        tool.begin();
        return tool.await();
    }

    /** Starts a tool whose end and output nobody waits for; the time limit holds. */
    static void start(List<String> command) {
        new ShortTool(command, LIMIT).begin();
    }

    private void begin() {
        var executor = DefaultExecutor.builder()
                .setThreadFactory(THREADS)
                .setExecuteStreamHandler(new ToolStreams(output))
                .get();
        executor.setExitValues(null);
        executor.setWatchdog(watchdog);
        try {
            executor.execute(command, ENVIRONMENT, new End(exitCode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ended await() {
        try {
            int code = exitCode.get(limit.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
            return watchdog.killedProcess() ? tooLong() : new Ended(code, output.text());
        } catch (TimeoutException e) {
            return tooLong();
        } catch (ExecutionException e) {
            throw new UncheckedIOException(cause(e));
        } catch (InterruptedException e) {
            watchdog.destroyProcess();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    new InterruptedIOException("Interrupted while running " + String.join(" ", command.toStrings())));
        }
    }

    private Ended tooLong() {
        return new Ended(-1, "it did not end within " + limit.toSeconds() + " seconds");
    }

    /** What the system said, without the library's words around it. */
    private static IOException cause(ExecutionException e) {
        return e.getCause() instanceof ExecuteException wrapper && wrapper.getCause() instanceof IOException system
                ? system
                : new IOException(e.getCause());
    }

    /**
     * How a tool ended.
     *
     * @param exitCode -1 where it had to be ended
     * @param text what it printed, stripped
     */
    record Ended(int exitCode, String text) {}

    /** The library's own handler looks for the end from time to time; this one is told. */
    private record End(CompletableFuture<Integer> exitCode) implements ExecuteResultHandler {
        @Override
        public void onProcessComplete(int code) {
            exitCode.complete(code);
        }

        @Override
        public void onProcessFailed(ExecuteException e) {
            exitCode.completeExceptionally(e);
        }
    }

    /** Ends a tool for good, with what it has started: the library's own sends TERM, which can be ignored. */
    private static final class TimeLimit extends ExecuteWatchdog {
        private @Nullable Process process;

        @SuppressWarnings("deprecation") // its builder makes no subclasses
        TimeLimit(Duration limit) {
            super(limit.toMillis());
        }

        @Override
        public synchronized void start(Process started) {
            process = started;
            super.start(started);
        }

        @Override
        public synchronized void timeoutOccured(Watchdog watchdog) {
            var late = process;
            if (late != null && late.isAlive()) {
                var children = late.descendants().toList();
                super.timeoutOccured(watchdog);
                late.destroyForcibly();
                children.forEach(ProcessHandle::destroyForcibly);
            } else {
                super.timeoutOccured(watchdog);
            }
        }
    }
}
