package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that has ended in time is not late because nobody was told in time. */
class LiveRunTests {
    private Process supervisor;

    @AfterEach
    void end() throws InterruptedException {
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        supervisor.destroyForcibly();
        supervisor.waitFor(10, TimeUnit.SECONDS);
    }

    /** With a child the supervisor still follows the program, or what holds its outputs open. */
    @ParameterizedTest
    @CsvSource({
        "false, true,  false, false, true",
        "false, true,  true,  false, false",
        "false, false, false, false, false",
        "true,  true,  true,  false, true",
        "true,  false, true,  false, false",
        "false, false, true,  true,  true",
    })
    void isOverOnceItsExitCodeIsThereAndNothingFollows(
            boolean piped, boolean exitCode, boolean child, boolean reported, boolean over)
            throws IOException, InterruptedException {
        var files = mock(RunFiles.class);
        when(files.hasExitCode()).thenReturn(exitCode);
        supervisor = new ProcessBuilder("/bin/sh", "-c", child ? "sleep 600; :" : "exec sleep 600").start();
        while (child && supervisor.children().findAny().isEmpty()) {
            Thread.onSpinWait();
        }
        var end = reported ? CompletableFuture.<Void>completedFuture(null) : new CompletableFuture<Void>();
        var run = new LiveRun(files, supervisor.toHandle(), mock(ProcessTree.class), piped, end, clean -> {});

        assertThat(run.isOver()).isEqualTo(over);
    }
}
