package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.access.RoleType;
import io.drover.inventory.PowerState;
import io.drover.inventory.VmState;
import io.drover.inventory.life.Verb;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The words that diagrams may use are the server's. */
class DroverWordsTests {

    @Test
    void operationsAreThoseThatThereAre() {
        assertThat(DroverWords.OPERATIONS)
                .containsExactlyInAnyOrderElementsOf(
                        Verb.operations().stream().map(Verb::word).toList());
    }

    @Test
    void verbsAreThoseOfTheContractButForThoseThatAreReserved() {
        assertThat(DroverWords.VERBS).containsAll(DroverWords.OPERATIONS).contains("prepare");
        assertThat(Verb.contract())
                .allMatch(verb -> DroverWords.VERBS.contains(verb) || DroverWords.RESERVED_VERBS.contains(verb));
    }

    @Test
    void rolesAreThoseThatMayAskAnythingOfVms() {
        assertThat(DroverWords.ROLES)
                .containsExactly(Arrays.stream(RoleType.values())
                        .filter(RoleType::asksOfVms)
                        .map(RoleType::wireName)
                        .toArray(String[]::new));
    }

    @Test
    void statesAreThoseThatVmsHave() {
        assertThat(DroverWords.STATES)
                .containsExactly(Arrays.stream(VmState.values()).map(Enum::name).toArray(String[]::new));
        assertThat(DroverWords.POWERS)
                .containsExactlyInAnyOrder(
                        Arrays.stream(PowerState.values()).map(Enum::name).toArray(String[]::new));
    }
}
