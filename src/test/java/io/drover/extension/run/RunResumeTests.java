package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.run.ConfinementProperties.Kind;
import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.run.RunnerProperties.AtShutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later life of the server makes of the runs of an earlier one. */
class RunResumeTests extends RunFixture {
    private static final String UNTIL_RELEASED =
            "echo before; touch ready; until [ -e release ]; do sleep 0.02; done; echo after; exit 3";
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.parse("2126-01-01T00:00:00Z");

    private ExtensionRunner later;

    @BeforeEach
    void live() {
        later = runner(Duration.ofMillis(300));
    }

    @Test
    void collectsTheResultOfAProgramThatStillRuns() throws IOException {
        begin(UNTIL_RELEASED);

        var run = resume(id, BEGUN, NEVER).orElseThrow();
        assertThat(run).isNotDone();
        Files.createFile(file("release"));

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join())
                .returns(Ending.EXITED, RunResult::ending)
                .returns(3, RunResult::exitCode)
                .returns(new Output("before\nafter\n", 13, false), RunResult::output)
                .returns(BEGUN, RunResult::startedAt);
    }

    @Test
    void findsAProgramWhoseProcessIdWasNotWritten() throws IOException {
        begin(UNTIL_RELEASED);
        Files.delete(file("pid"));

        var run = resume(id, BEGUN, NEVER).orElseThrow();
        Files.createFile(file("release"));

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().exitCode()).isEqualTo(3);
    }

    @Test
    void cancelsAProgramThatStillRuns() throws IOException {
        begin(UNTIL_RELEASED);

        var run = resume(id, BEGUN, NEVER).orElseThrow();
        later.cancel(id);

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(processesOf(id)).isEmpty();
    }

    @Test
    void collectsTheResultOfAProgramThatHasEndedMeanwhile() throws IOException {
        run("echo done; exit 4");

        var run = resume(id, BEGUN, NEVER).orElseThrow();

        assertThat(run).isDone();
        assertThat(run.join().exitCode()).isEqualTo(4);
        assertThat(run.join().output().text()).isEqualTo("done\n");
    }

    @Test
    void knowsNothingOfAnActionThatWasNeverStarted() {
        assertThat(resume(UUID.randomUUID(), BEGUN, NEVER)).isEmpty();
    }

    /** The server was killed after it had made the directory and before it had the program started. */
    @ParameterizedTest
    @ValueSource(strings = {"payload.json", "payload.json stdout stderr exit"})
    void knowsNothingOfAnActionWhoseProgramWasNotStartedYetAndCanStartIt(String files) throws IOException {
        var directory = Files.createDirectories(runDirectory());
        for (var file : files.split(" ")) {
            Files.createFile(directory.resolve(file));
        }

        assertThat(resume(id, BEGUN, NEVER)).isEmpty();
        assertThat(directory).doesNotExist();
        assertThat(later.run(request(script("echo begun"))).join().output().text())
                .isEqualTo("begun\n");
    }

    @Test
    void doesNotBelieveThatAProgramWasNotStartedWhenItHasRemovedAll() throws IOException {
        Files.createDirectories(runDirectory());

        assertThat(resume(id, BEGUN, NEVER).orElseThrow().join().ending()).isEqualTo(Ending.LOST);
    }

    @Test
    void doesNotTakeARecycledProcessIdForTheRun() throws IOException {
        Files.createDirectory(file("pid").getParent());
        Files.writeString(file("pid"), ProcessHandle.current().pid() + " 1 1\n");

        var run = resume(id, BEGUN, NEVER).orElseThrow();

        assertThat(run.join().ending()).isEqualTo(Ending.LOST);
        assertThat(run.join().exitCode()).isNull();
    }

    @Test
    void doesNotBelieveAnExitCodeThatIsHalfWritten() throws IOException {
        run("exit 0");
        Files.writeString(file("exit"), "12");

        assertThat(resume(id, BEGUN, NEVER).orElseThrow().join().ending()).isEqualTo(Ending.LOST);
    }

    @Test
    void searchesForTheProcessesWhereTheProgramHasWrittenOverTheirId() throws IOException {
        begin("echo scribble >pid; " + UNTIL_RELEASED);
        Files.writeString(file("pid"), "scribble\n");

        var run = resume(id, BEGUN, NEVER).orElseThrow();
        Files.createFile(file("release"));

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().exitCode()).isEqualTo(3);
    }

    @Test
    void endsProcessesThatAreOlderThanTheOneItFinds() throws IOException {
        begin("(sleep 1; setsid sleep 1000) & touch ready; sleep 1000");
        runner.destroy();
        ProcessHandle.of(supervisor()).orElseThrow().destroyForcibly();
        org.awaitility.Awaitility.await().until(() -> processesOf(id).size() == 3);

        var run = resume(id, BEGUN, BEGUN).orElseThrow();

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(processesOf(id)).isEmpty();
    }

    @Test
    void doesNotBelieveAnExitCodeThatIsNone() throws IOException {
        run("exit 0");
        Files.writeString(file("exit"), "nonsense\n");

        assertThat(resume(id, BEGUN, NEVER).orElseThrow().join().ending()).isEqualTo(Ending.LOST);
    }

    @Test
    void takesTheOutcomeOfAProgramThatWasEndedAtShutdownForUnknown() throws IOException {
        runner = runner(
                Duration.ofSeconds(30),
                new ConfinementProperties(null, Kind.NONE, List.of()),
                RunLimits.NONE,
                AtShutdown.END);
        begin("trap 'exit 0' TERM; setsid sleep 1000 & touch ready; while :; do sleep 0.05; done");

        runner.destroy();

        assertThat(processesOf(id)).isEmpty();
        assertThat(resume(id, BEGUN, NEVER).orElseThrow().join().ending()).isEqualTo(Ending.LOST);
    }

    /** Picks up a run after the earlier life is over. */
    private Optional<CompletableFuture<RunResult>> resume(UUID action, Instant startedAt, Instant deadline) {
        runner.destroy();
        return later.resume(action, startedAt, deadline);
    }

    private void begin(String body) throws IOException {
        assertThat(runner.run(request(script(body)))).isNotDone();
        awaitFile("ready");
    }
}
