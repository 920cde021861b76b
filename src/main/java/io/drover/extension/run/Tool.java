package io.drover.extension.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the operating system that confine others. */
enum Tool {
    /** Sets limits; of util-linux. */
    PRLIMIT("util-linux"),
    /** Becomes another user; of util-linux. */
    SETPRIV("util-linux (on some systems: setpriv)"),
    /** Bubblewrap. */
    BWRAP("bubblewrap"),
    /** Looks up users; of the C library. */
    GETENT("libc-bin"),
    /** Gives a program a session of its own. */
    SETSID("util-linux"),
    /** Makes named pipes. */
    MKFIFO("coreutils");

    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));
    private static final long SECONDS = 20;

    private final String distribution;

    Tool(String distribution) {
        this.distribution = distribution;
    }

    /** Its path. Refuses where it is not installed. */
    Path require(String setting) {
        return require(setting + " is set but needs ", " or remove the setting.");
    }

    /** Its path. Refuses where it is not installed, which no setting helps against. */
    Path require() {
        return require("Programs are run with ", ".");
    }

    private Path require(String whoNeeds, String otherwise) {
        return path().orElseThrow(() -> new RunnerRefusal(
                whoNeeds + command() + ", which is neither in "
                        + String.join(", ", PLACES.stream().map(Path::toString).toList()),
                "Install the package " + distribution + otherwise));
    }

    private Optional<Path> path() {
        return PLACES.stream()
                .map(place -> place.resolve(command()))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String command() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Runs a short command to its end; both of its outputs are read. */
    static Result run(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            var ender = process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> {
                if (late != null) {
                    process.destroyForcibly();
                }
            });
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return ender.isCompletedExceptionally()
                    ? new Result(-1, "it did not end within " + SECONDS + " seconds")
                    : new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command, e);
        }
    }

    /** How a short command ended and what it printed. */
    record Result(int exitCode, String text) {}
}
