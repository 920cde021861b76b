package io.drover.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.inventory.VmState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTests {

    @ParameterizedTest
    @CsvSource({
        "deploy,Allocated Error,Starting",
        "start,Stopped Error,Starting",
        "stop,Running Error,Stopping",
        "reboot,Running,Rebooting",
        "status,Running Stopped Error,",
        "custom-action,Running Stopped Error,",
        "delete,Allocated Running Stopped Error Destroyed,Expunging"
    })
    void allowsEachVerbInItsStates(String verb, String states, @Nullable VmState during) {
        var lifecycle = Objects.requireNonNull(Lifecycle.OF_VERB.get(verb));

        assertThat(lifecycle.from())
                .containsExactlyInAnyOrder(
                        Arrays.stream(states.split(" ")).map(VmState::valueOf).toArray(VmState[]::new));
        assertThat(lifecycle.during()).isEqualTo(during);
    }

    @Test
    void knowsNoOtherVerb() {
        assertThat(Lifecycle.OF_VERB)
                .containsOnlyKeys("deploy", "start", "stop", "reboot", "status", "delete", "custom-action");
    }

    @Test
    void beginsNothingInAStateThatAnotherOperationHolds() {
        assertThat(Lifecycle.OF_VERB.values()).allSatisfy(lifecycle -> {
            assertThat(lifecycle.from()).doesNotContainAnyElementsOf(Lifecycle.TRANSITIONAL);
            assertThat(lifecycle.from()).doesNotContain(VmState.Expunged);
        });
    }

    @Test
    void leavesEveryStateButTheFirstAndTheLastReachable() {
        var held = EnumSet.noneOf(VmState.class);
        Lifecycle.OF_VERB.values().stream()
                .map(Lifecycle::during)
                .filter(Objects::nonNull)
                .forEach(held::add);

        assertThat(held).isEqualTo(Lifecycle.TRANSITIONAL);
    }
}
