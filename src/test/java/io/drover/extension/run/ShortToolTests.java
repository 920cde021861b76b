package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Short tools hold the server up for no longer than they may, whatever they do. */
@Timeout(60)
class ShortToolTests {
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @Test
    void bothOutputsAndTheExitCodeAreTold() {
        var ended = ShortTool.run(sh("echo out; echo err >&2; exit 3"));

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.text().lines()).containsExactlyInAnyOrder("out", "err");
    }

    @Test
    void argumentsArriveAsTheyAre() {
        var odd = List.of("a b", "", "'\"$HOME`id`", "${x}", "\\", "\nä\n", " ");
        var command = new java.util.ArrayList<>(sh("printf '%s|' \"$@\""));
        command.add("sh");
        command.addAll(odd);

        assertThat(ShortTool.run(command).text()).isEqualTo(String.join("|", odd) + "|");
    }

    @Test
    void nothingOfTheServersEnvironmentIsInherited() {
        var names =
                ShortTool.run(List.of("/usr/bin/env")).text().lines().map(line -> line.substring(0, line.indexOf('=')));

        assertThat(names).containsExactlyInAnyOrder("PATH", "LC_ALL");
    }

    @Test
    void thereIsNothingToRead() {
        assertThat(ShortTool.run(sh("cat; echo end")).text()).isEqualTo("end");
    }

    @Test
    void ofAFloodTheBeginningIsKept() {
        var ended = ShortTool.run(sh("head -c 5000000 /dev/zero | tr '\\0' x"));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.text())
                .startsWith("xxx")
                .endsWith("\n[... " + (5_000_000 - ShortTool.MOST_OUTPUT) + " bytes cut ...]")
                .hasSizeLessThan(ShortTool.MOST_OUTPUT + 50);
    }

    @Test
    void aFloodWithoutEndIsEnded() {
        assertThat(ShortTool.run(List.of("/usr/bin/yes"), SHORT).text()).isEqualTo("it did not end within 2 seconds");
    }

    @Test
    void whatNeverEndsIsEndedWithItsChildrenThoughItIgnoresTerm() throws IOException {
        var pids = directory.resolve("pids");
        var ended = ShortTool.run(sh("trap '' TERM; sleep 1000 & echo $! $$ >" + pids + "; wait"), SHORT);

        assertThat(ended).isEqualTo(new ShortTool.Ended(-1, "it did not end within 2 seconds"));
        for (var pid : Files.readString(pids).strip().split(" ")) {
            await().until(() -> ended(Long.parseLong(pid)));
        }
    }

    @Test
    void aChildThatKeepsThePipesOpenIsNotWaitedForAndGoesOn() {
        var ended = ShortTool.run(sh("echo done; sleep 1000 & echo $! >&2"), Duration.ofSeconds(30));

        var child = ended.text().lines().filter(line -> line.matches("\\d+")).findFirst();
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.text()).contains("done");
        var process = ProcessHandle.of(Long.parseLong(child.orElseThrow())).orElseThrow();
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
    }

    @Test
    void whatDoesNotExistIsToldInTheSystemsWords() {
        assertThatThrownBy(() -> ShortTool.run(List.of("/no/such/tool", "x")))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageContaining("/no/such/tool")
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void anInterruptedCallerEndsItsTool() throws IOException {
        var pid = directory.resolve("pid");
        var thrown = new CompletableFuture<Throwable>();
        var caller = new Thread(() -> {
            try {
                ShortTool.run(sh("echo $$ >" + pid + "; exec sleep 1000"));
                thrown.complete(new AssertionError("it has returned"));
            } catch (UncheckedIOException e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e.getCause() : e);
            }
        });
        caller.start();
        await().until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
        caller.interrupt();

        assertThat(thrown.join())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessageStartingWith("Interrupted while");
        await().until(() -> ended(Long.parseLong(Files.readString(pid).strip())));
    }

    @Test
    void whatNobodyWaitsForIsStartedAllTheSame() {
        var made = directory.resolve("made");
        ShortTool.start(sh(": >" + made));

        await().until(() -> Files.exists(made));
    }

    private static List<String> sh(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    /** Whether a process is gone, or nobody has taken notice yet of its end. */
    private static boolean ended(long pid) throws IOException {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tZ");
        } catch (java.nio.file.NoSuchFileException e) {
            return true;
        }
    }
}
