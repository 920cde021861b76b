package io.drover.extension.run;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A shell that runs programs one after another and leaves their exit codes on disk. It outlives the server: it ends when
 * nobody can ask it for more and what it runs has ended. It leads a session of its own, in which no program is.
 */
final class Supervisor {
    /** Keeps it alive when all of a service's processes get TERM; a trapped signal is not inherited. */
    private static final String BEGIN = "trap : TERM INT HUP\n";

    private final Process process;
    private final long startTicks;
    private final OutputStream requests;
    private volatile CompletableFuture<Void> current = CompletableFuture.completedFuture(null);

    private Supervisor(Process process) {
        this.process = process;
        process.onExit().thenRun(() -> current.complete(null));
        this.startTicks =
                ProcessStat.of(process.pid()).map(ProcessStat::startTicks).orElse(0L);
        this.requests = process.getOutputStream();
    }

    /**
     * @param environment all that programs inherit of it
     * @param ends where it reports the end of each program
     */
    static Supervisor start(Map<String, String> environment, Path ends) throws IOException {
        var builder = new ProcessBuilder(ProgramStart.inOwnSession("/bin/sh", "-s", "drover-run"))
                .redirectOutput(Redirect.appendTo(ends.toFile()))
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var supervisor = new Supervisor(builder.start());
        supervisor.write(BEGIN);
        return supervisor;
    }

    long pid() {
        return process.pid();
    }

    /** When it started, as {@link ProcessStat} tells it. */
    long startTicks() {
        return startTicks;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Has it run shell commands.
     *
     * @param end is completed should the supervisor end before they have
     */
    void run(String commands, CompletableFuture<Void> end) throws IOException {
        current = end;
        write(commands);
        if (!process.isAlive()) {
            end.complete(null);
        }
    }

    /** Lets it end after what it has been asked for. */
    void dismiss() {
        try {
            requests.close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    private void write(String commands) throws IOException {
        requests.write(commands.getBytes(StandardCharsets.UTF_8));
        requests.flush();
    }
}
