package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs whose files do not answer, and the others. */
class RunPatienceTests {
    private final RunPatience patience = new RunPatience(Duration.ofMillis(200));
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void answer() {
        answer.countDown();
    }

    @Test
    void ofManyThatDoNotAnswerHoldUpNoOther() throws IOException {
        List<UUID> silent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            var run = UUID.randomUUID();
            silent.add(run);
            patience.about(run, this::hang);
        }
        await().until(() -> silent.stream().allMatch(patience::isStuck));

        assertThat(patience.within(UUID.randomUUID(), () -> "fine")).isEqualTo("fine");
        assertThatThrownBy(() -> patience.within(silent.get(0), () -> "not tried"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(silent.get(0).toString())
                .hasMessageContaining("not answered");
    }

    @Test
    void areTriedAgainOnceTheyHaveAnswered() throws IOException {
        var run = UUID.randomUUID();
        assertThatThrownBy(() -> patience.within(run, this::hang)).isInstanceOf(IOException.class);

        answer.countDown();

        await().until(() -> !patience.isStuck(run));
        assertThat(patience.within(run, () -> "fine")).isEqualTo("fine");
    }

    @Test
    void tellWhatWentWrong() {
        assertThatThrownBy(() -> patience.within(UUID.randomUUID(), () -> {
                    throw new IOException("disk");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    @Test
    void areLeftOutOfTheWatchOfOutputs() throws IOException {
        Map<UUID, LiveRun> live = new ConcurrentHashMap<>();
        var silent = new LiveRun[] {mock(LiveRun.class), mock(LiveRun.class)};
        for (var run : silent) {
            doAnswer(call -> hang()).when(run).trimOutput();
            live.put(UUID.randomUUID(), run);
        }
        var other = mock(LiveRun.class);
        live.put(UUID.randomUUID(), other);
        var timer = Executors.newScheduledThreadPool(1);
        var watch = new OutputWatch(live, timer, Duration.ofMillis(5), Duration.ofMillis(100), Clock.systemUTC());

        watch.watch();

        verify(other, timeout(30_000).atLeast(20)).trimOutput();
        verify(other, atLeast(1)).checkEnd(any());
        answer.countDown();
        for (var run : silent) {
            verify(run, timeout(30_000).atLeast(2)).trimOutput();
        }
        timer.shutdownNow();
        watch.close();
    }

    private String hang() throws InterruptedException {
        answer.await();
        return "late";
    }
}
