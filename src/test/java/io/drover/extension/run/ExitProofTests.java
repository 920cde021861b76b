package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.run.RunResult.Ending;
import io.drover.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An exit code counts if the supervisor wrote it, and a process is followed if Drover wrote it down. */
class ExitProofTests extends RunFixture {
    private static final Instant NEVER = Instant.parse("2126-01-01T00:00:00Z");
    private static final String LATER = "; touch ready; until [ -e release ]; do sleep 0.02; done; exit 3";
    private static final String OTHER = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 0 >exit",
                "echo 0 >>exit",
                "printf '0\\n0\\n' >exit",
                "echo '0 " + OTHER + "' >exit",
                "rm exit; echo 0 >exit",
                "echo 0 >x; mv x exit",
                "echo 0 >$(dirname \"$2\")/exit"
            })
    void isNotForgedByWhatTheProgramWrites(String forgery) throws IOException {
        var run = runner.run(request(script(forgery + LATER)));
        awaitFile("ready");
        assertThat(run).isNotDone();
        runner.destroy();

        var again =
                runner(Duration.ofMillis(300)).resume(id, Instant.EPOCH, NEVER).orElseThrow();

        assertThat(again).isNotDone();
        Files.createFile(file("release"));
        var result = again.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(result.exitCode()).isIn(3, null);
        assertThat(result.ending()).isIn(Ending.EXITED, Ending.LOST);
    }

    @Test
    void ofAnotherRunDoesNotCount() throws IOException {
        run("exit 0");
        var forged = Files.readString(file("exit"));
        id = UUID.randomUUID();

        var result = run("echo '%s' >exit; kill -9 $PPID".formatted(forged.strip()));

        assertThat(result.ending()).isEqualTo(Ending.LOST);
        assertThat(result.failure()).contains("replaced");
    }

    @Test
    void ofADroverThatKnewNoProofsCounts() throws IOException {
        Files.createDirectories(runDirectory());
        for (var name : new String[] {"stdout", "stderr"}) {
            Files.writeString(file(name), name);
        }
        Files.writeString(file("exit"), "4\n");
        Files.delete(home.resolve("runs.key"));

        assertThat(resumed().exitCode()).isEqualTo(4);
        assertThat(resumed().ending()).as("in the next life it is over").isEqualTo(Ending.LOST);
    }

    @ParameterizedTest
    @CsvSource({"1 1 1", "%d %d 1", "%d %d 1 piped", "%d %d 1 5 6 " + OTHER})
    void noProcessIsFollowedThatAProgramNames(String line) throws IOException {
        var stranger = new ProcessBuilder("sleep", "1000").start();
        var stat = ProcessStat.of(stranger.pid()).orElseThrow();
        Files.createDirectories(runDirectory());
        Files.writeString(file("pid"), line.formatted(stranger.pid(), stat.startTicks()) + "\n");

        var result = runner(Duration.ZERO)
                .resume(id, Instant.EPOCH, Instant.EPOCH)
                .orElseThrow()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(result.ending()).isEqualTo(Ending.LOST);
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }

    @Test
    void needsAKeyThatIsTheServersAlone() throws IOException {
        var key = home.resolve("runs.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        var known = Files.readAllBytes(key);
        assertThat(RunProof.in(home).isNew()).isFalse();
        assertThat(key).hasBinaryContent(known);
        Files.delete(key);
        Files.createSymbolicLink(key, home.resolve("elsewhere"));
        assertThat(RunProof.in(home).isNew()).isTrue();
        assertThat(key).isRegularFile();
        assertThat(home.resolve("elsewhere")).doesNotExist();
    }

    /** The watchdog beside the server reads the same files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm pid; mkfifo pid",
                "mkfifo fenced; echo 0 >exit",
                "ln -s /no/such fenced",
                "rm exit; mkfifo exit",
                "d=$PWD; mv $d $d.moved; ln -s / $d",
                "d=$PWD; mv $d $d.moved; mkfifo $d",
                "d=$PWD; mv $d $d.moved"
            })
    void isNotWhatTheWatchdogWaitsFor(String command) throws IOException {
        var ready = home.resolve("ready");
        runner.run(request(script(command + "; touch %s; sleep 1000".formatted(ready))));
        var other = UUID.randomUUID();
        runner.run(request(other, executable("other", "#!/bin/sh\nsleep 1000\n"), "start", LONG));
        Awaitility.await()
                .until(() -> Files.exists(ready) && !processesOf(other).isEmpty());
        var fence = new RunFence(Home.at(home));

        fence.arm(Duration.ZERO, Duration.ofSeconds(1));

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(processesOf(id)).isEmpty();
            assertThat(processesOf(other)).isEmpty();
        });
        fence.disarm();
    }

    private RunResult resumed() {
        return runner(Duration.ofMillis(300))
                .resume(id, Instant.EPOCH, NEVER)
                .orElseThrow()
                .join();
    }
}
