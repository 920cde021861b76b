package io.drover.operation;

import static io.drover.operation.OperationFixtures.NOW;
import static io.drover.operation.OperationFixtures.dispatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.drover.home.HomeStorage;
import io.drover.node.ThisNode;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When new operations are refused, and when to ask again. */
class AdmissionTests {
    private final Clock clock = mock(Clock.class);
    private final RecentEnds ends = new RecentEnds(clock);
    private final DispatchProperties limits = new DispatchProperties(1, 1, 1, 20);
    private final DispatchQueue queue = new DispatchQueue(limits, ends);
    private final ThisNode node = mock(ThisNode.class);
    private final HomeStorage storage = mock(HomeStorage.class);
    private final Admission admission = new Admission(queue, limits, ends, node, storage);

    @BeforeEach
    void begin() {
        at(Duration.ZERO);
        when(node.name()).thenReturn("node-1");
    }

    @Test
    void refusesTheMoreUrgentLater() {
        fill(17);
        accepts("status");
        fill(1);
        assertThat(refusal("status").getMessage()).contains("18 actions wait on node node-1", "status");
        accepts("deploy");
        fill(1);
        assertThat(refusal("deploy").slug()).isEqualTo("queue-full");
        accepts("stop");
        fill(1);
        assertThat(refusal("stop").kind()).isEqualTo(ProblemException.Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "stop"})
    void acceptsWhileNothingWaitsHoweverShortTheQueue(String verb) {
        var shortest = new DispatchProperties(1, 1, 1, 1);

        assertThatCode(() -> new Admission(queue, shortest, ends, node, storage).check(verb))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsAgainOnceFewerWait() {
        fill(20);
        refusal("stop");
        queue.take();

        accepts("stop");
    }

    @Test
    void tellsToAskAgainWhenATenthWillHaveGoneAtTheRecentRate() {
        fill(20);
        end(6);
        at(Duration.ofSeconds(40));

        assertThat(retryAfter()).isEqualTo(20);
    }

    @Test
    void tellsASecondAtLeast() {
        fill(20);
        end(500);
        at(Duration.ofSeconds(1));

        assertThat(retryAfter()).isEqualTo(1);
    }

    @Test
    void tellsAMinuteAtMost() {
        fill(20);
        assertThat(retryAfter()).isEqualTo(60);
        end(1);
        at(Duration.ofSeconds(59));

        assertThat(retryAfter()).isEqualTo(60);
    }

    @Test
    void forgetsEndsThatAreLongAgo() {
        fill(20);
        end(500);
        at(Duration.ofSeconds(61));

        assertThat(retryAfter()).isEqualTo(60);
    }

    @Test
    void goesByTheLastEndsWhenThereAreMany() {
        fill(20);
        end(5000);
        at(Duration.ofSeconds(10));
        end(999);

        assertThat(ends.secondsUntil(1000)).isEqualTo(10);
    }

    private void fill(int number) {
        for (int i = 0; i < number; i++) {
            queue.add(dispatch(UUID.randomUUID(), null));
        }
    }

    private void end(int number) {
        for (int i = 0; i < number; i++) {
            ends.add();
        }
    }

    private void at(Duration later) {
        Instant now = NOW.plus(later);
        when(clock.instant()).thenReturn(now);
    }

    private void accepts(String verb) {
        assertThatCode(() -> admission.check(verb)).doesNotThrowAnyException();
    }

    private ProblemException refusal(String verb) {
        return catchThrowableOfType(ProblemException.class, () -> admission.check(verb));
    }

    private long retryAfter() {
        return (Long) refusal("stop").members().get("retryAfterSeconds");
    }
}
