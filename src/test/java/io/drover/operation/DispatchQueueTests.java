package io.drover.operation;

import static io.drover.operation.OperationFixtures.dispatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatchQueueTests {
    private static final UUID EXTENSION = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final UUID HOST = UUID.randomUUID();

    @Test
    void servesFirstComeFirst() {
        var queue = queue(10, 10, 10);
        var all = Stream.generate(() -> dispatch(EXTENSION, HOST)).limit(5).toList();
        all.forEach(queue::add);

        assertThat(takeAll(queue)).containsExactlyElementsOf(all);
    }

    @Test
    void runsNoMoreAtOnceThanTheNodeMay() {
        var queue = queue(2, 10, 10);
        var all = Stream.generate(() -> dispatch(UUID.randomUUID(), UUID.randomUUID()))
                .limit(3)
                .toList();
        all.forEach(queue::add);

        assertThat(takeAll(queue)).containsExactly(all.get(0), all.get(1));
        queue.release(all.get(0));
        assertThat(takeAll(queue)).containsExactly(all.get(2));
    }

    @Test
    void letsOthersPassWhileAnExtensionHasNoPlace() {
        var queue = queue(10, 1, 10);
        var first = dispatch(EXTENSION, HOST);
        var second = dispatch(EXTENSION, UUID.randomUUID());
        var other = dispatch(OTHER, HOST);
        List.of(first, second, other).forEach(queue::add);

        assertThat(takeAll(queue)).containsExactly(first, other);
        queue.release(other);
        assertThat(queue.take()).isEmpty();
        queue.release(first);
        assertThat(queue.take()).contains(second);
    }

    @Test
    void letsOthersPassWhileAHostHasNoPlace() {
        var queue = queue(10, 10, 1);
        var first = dispatch(EXTENSION, HOST);
        var second = dispatch(EXTENSION, HOST);
        var elsewhere = dispatch(EXTENSION, UUID.randomUUID());
        List.of(first, second, elsewhere).forEach(queue::add);

        assertThat(takeAll(queue)).containsExactly(first, elsewhere);
        queue.release(first);
        assertThat(queue.take()).contains(second);
    }

    @Test
    void keepsTheTurnOfWhoWaitsLongest() {
        var queue = queue(10, 1, 10);
        var running = dispatch(EXTENSION, HOST);
        queue.add(running);
        assertThat(queue.take()).contains(running);
        var waiting = dispatch(EXTENSION, HOST);
        var later = dispatch(EXTENSION, HOST);
        queue.add(waiting);
        queue.add(later);

        queue.release(running);

        assertThat(queue.take()).contains(waiting);
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void countsActionsWithoutHostTogether() {
        var queue = queue(10, 10, 1);
        var first = dispatch(EXTENSION, null);
        queue.add(first);
        queue.add(dispatch(OTHER, null));

        assertThat(takeAll(queue)).containsExactly(first);
    }

    @Test
    void hasAllPlacesAgainAfterEverythingEnded() {
        var queue = queue(3, 3, 3);
        for (int round = 0; round < 3; round++) {
            Stream.generate(() -> dispatch(EXTENSION, HOST)).limit(3).forEach(queue::add);
            var taken = takeAll(queue);
            assertThat(taken).hasSize(3);
            taken.forEach(queue::release);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1,1,1", "1,0,1,1", "1,1,0,1", "1,1,1,0"})
    void refusesLimitsThatLetNothingRun(int running, int perExtension, int perHost, int queue) {
        assertThatThrownBy(() -> new DispatchProperties(running, perExtension, perHost, queue))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    private static DispatchQueue queue(int running, int perExtension, int perHost) {
        return new DispatchQueue(
                new DispatchProperties(running, perExtension, perHost, 10_000), new RecentEnds(Clock.systemUTC()));
    }

    private static List<Dispatch> takeAll(DispatchQueue queue) {
        List<Dispatch> taken = new ArrayList<>();
        for (var next = queue.take(); next.isPresent(); next = queue.take()) {
            taken.add(next.get());
        }
        return taken;
    }
}
