package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import io.drover.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Tries out how programs are held, with a run like every other, when the server starts: it does not start where programs could
 * not run. The program is a shell that has its payload for a script, reads it, and writes to the directory that it works in.
 */
@Component
class TrialRun implements SmartInitializingSingleton {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final String READ_ON = "--";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] SCRIPT = "cat <\"$0\" >/dev/null && : >try\n".getBytes(StandardCharsets.US_ASCII);

    private final Confinement confinement;
    private final ExtensionRunner runner;
    private final Path runs;

    TrialRun(Confinement confinement, ExtensionRunner runner, Home home) {
        this.confinement = confinement;
        this.runner = runner;
        this.runs = home.directory("runs");
    }

    @Override
    public void afterSingletonsInstantiated() {
        confinement.guardHome();
        if (confinement.isHeld()) {
            tryOut();
        }
    }

    private void tryOut() {
        var run = UUID.randomUUID();
        var request = new RunRequest(run, SHELL, READ_ON, SCRIPT, LIMIT, false, Map.of());
        var result = runner.run(request).join();
        try {
            if (result.ending() != Ending.EXITED || !Integer.valueOf(0).equals(result.exitCode())) {
                throw refusal(command(run), result);
            }
        } finally {
            runner.forget(run);
        }
    }

    private String command(UUID run) {
        var directory = new RunDirectory(runs.resolve(run.toString()));
        try {
            var command = new ArrayList<>(confinement.prefix(directory, SHELL));
            command.addAll(
                    List.of(SHELL.toString(), READ_ON, directory.payload().toString()));
            return String.join(" ", command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunnerRefusal refusal(String command, RunResult result) {
        return new RunnerRefusal(
                "Programs cannot be run as drover.runner.user, .limits and .sandbox ask for: " + command + " "
                        + ending(result) + said(result),
                "Run that command by hand. A user must be able to reach " + runs
                        + "; a sandbox needs user namespaces, unless the server runs as root without "
                        + RunUser.SETTING + "; too low a memory limit keeps even a shell from starting.");
    }

    private static String ending(RunResult result) {
        return switch (result.ending()) {
            case EXITED -> "ended with exit code " + result.exitCode();
            case TIMED_OUT -> "did not end within " + LIMIT.toSeconds() + " seconds";
            case CANCELLED, LOST -> "was ended by somebody else";
            case NOT_STARTED -> "could not be started";
        };
    }

    private static String said(RunResult result) {
        var said = (result.output().text() + result.errorOutput().text()).strip();
        var why = result.failure() == null ? "" : " (" + result.failure() + ")";
        return why + (said.isEmpty() ? "" : " and said: " + said);
    }
}
