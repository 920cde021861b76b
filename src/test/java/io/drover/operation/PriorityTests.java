package io.drover.operation;

import static io.drover.operation.OperationFixtures.NOW;
import static io.drover.operation.OperationFixtures.action;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.wire.Masking;
import io.drover.inventory.life.Priority;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who goes first, and who leaves places to others. */
class PriorityTests {
    private static final UUID EXTENSION = UUID.randomUUID();
    private static final UUID HOST = UUID.randomUUID();
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final DispatchQueue queue = queue(1, 1, 1);

    @Test
    void moreUrgentOnesPassThoseThatWaitLonger() {
        var poll = dispatch(Priority.LOW, Duration.ofMinutes(3));
        var deploy = dispatch(Priority.NORMAL, Duration.ofMinutes(2));
        var stop = dispatch(Priority.HIGH, Duration.ofMinutes(1));
        List.of(poll, deploy, stop).forEach(queue::add);

        assertThat(inTurn()).containsExactly(stop, deploy, poll);
    }

    @Test
    void whatIsUnderWayGoesBeforeWhatIsNewInItsClass() {
        var begun = dispatch(Priority.NORMAL, Duration.ofMinutes(5));
        var under = underWay(dispatch(Priority.NORMAL, Duration.ofMinutes(1)));
        var stop = dispatch(Priority.HIGH, Duration.ZERO);
        List.of(begun, under, stop).forEach(queue::add);

        assertThat(inTurn()).containsExactly(stop, under, begun);
    }

    @Test
    void whatHasWaitedLongEnoughIsNotPassedByTheNextClass() {
        var poll = dispatch(Priority.LOW, Priority.PATIENCE.plus(MOMENT));
        var deploy = dispatch(Priority.NORMAL, Duration.ZERO);
        List.of(deploy, poll).forEach(queue::add);

        assertThat(inTurn()).containsExactly(poll, deploy);
    }

    @Test
    void nothingIsPassedForLongerThanItsPatience() {
        var poll = dispatch(Priority.LOW, Priority.PATIENCE.multipliedBy(2).plus(MOMENT));
        queue.add(poll);
        IntStream.range(0, 100).forEach(i -> queue.add(dispatch(Priority.HIGH, Duration.ZERO)));

        assertThat(queue.take()).contains(poll);
    }

    @ParameterizedTest
    @CsvSource({"8, 6", "4, 3", "3, 3", "2, 2", "1, 1", "5, 4", "256, 192", "2147483647, 1610612736"})
    void pollsLeaveAQuarterOfThePlacesToOthers(int places, int share) {
        assertThat(Priority.LOW.share(places)).isEqualTo(share);
        assertThat(Priority.NORMAL.share(places)).isEqualTo(places);
        assertThat(Priority.HIGH.share(places)).isEqualTo(places);
    }

    @ParameterizedTest
    @CsvSource({"4, 100, 100", "100, 4, 100", "100, 100, 4"})
    void thereIsRoomForAStopHoweverManyPollsAreAsked(int running, int perExtension, int perHost) {
        var limited = queue(running, perExtension, perHost);
        polls(200).forEach(limited::add);
        var taken = takeAll(limited);
        assertThat(taken).hasSize(3);
        var stop = dispatch(Priority.HIGH, Duration.ZERO);

        limited.add(stop);

        assertThat(takeAll(limited)).containsExactly(stop);
        limited.release(taken.get(0));
        assertThat(takeAll(limited)).hasSize(1);
        limited.release(stop);
        assertThat(takeAll(limited)).isEmpty();
    }

    @Test
    void tenThousandThatWaitCostNoMoreThanTheirGroups() {
        var limits = new DispatchProperties(8, 8, 8, 10_000);
        var looks = new int[1];
        var places = new Places(limits) {
            @Override
            Optional<Full> full(Claim claim) {
                looks[0]++;
                return super.full(claim);
            }
        };
        var many = new DispatchQueue(places, new RecentEnds(Clock.systemUTC()));
        polls(10_000).forEach(many::add);
        many.add(dispatch(Priority.NORMAL, Duration.ZERO));
        int takes = 0;
        int groups = 2;
        for (var taken = takeAll(many); !taken.isEmpty(); taken = takeAll(many)) {
            takes += taken.size() + 1;
            taken.forEach(many::release);
        }

        assertThat(many.size()).isZero();
        assertThat(takes).isGreaterThan(10_000);
        assertThat(looks[0]).isLessThanOrEqualTo(takes * groups);
    }

    @Test
    void knowsHowManyWaitAndSinceWhen() {
        assertThat(queue.oldest()).isEmpty();
        queue.add(dispatch(Priority.HIGH, Duration.ofMinutes(1)));
        queue.add(dispatch(Priority.LOW, Duration.ofMinutes(2)));
        queue.add(underWay(dispatch(Priority.LOW, Duration.ofMinutes(1))));

        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.oldest()).contains(NOW.minus(Duration.ofMinutes(2)));
        queue.take();
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.running()).isEqualTo(1);
    }

    /** Everything in the queue, each taken after the one before it has ended. */
    private List<Dispatch> inTurn() {
        List<Dispatch> taken = new ArrayList<>();
        for (var next = queue.take(); next.isPresent(); next = queue.take()) {
            taken.add(next.get());
            queue.release(next.get());
        }
        return taken;
    }

    private static List<Dispatch> takeAll(DispatchQueue queue) {
        return Stream.generate(queue::take)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .toList();
    }

    private static Stream<Dispatch> polls(int number) {
        return Stream.generate(() -> dispatch(Priority.LOW, Duration.ofMinutes(1)))
                .limit(number);
    }

    /** An action that has been waiting for so long. */
    private static Dispatch dispatch(Priority priority, Duration waiting) {
        var action = action(UUID.randomUUID(), UUID.randomUUID(), EXTENSION, HOST, NOW.minus(waiting));
        return new Dispatch(action, null, new Masking(new ObjectMapper(), Set.of()), false, priority, false);
    }

    private static Dispatch underWay(Dispatch first) {
        return new Dispatch(first.action(), null, first.masking(), false, first.priority(), true);
    }

    private static DispatchQueue queue(int running, int perExtension, int perHost) {
        return new DispatchQueue(
                new DispatchProperties(running, perExtension, perHost, 10_000), new RecentEnds(Clock.systemUTC()));
    }
}
