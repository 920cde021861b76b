package io.drover.inventory.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.inventory.Creation;
import io.drover.inventory.VmState;
import io.drover.inventory.life.StateTable.Admission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of states, its document, and what must hold of every row. {@code -Ddrover.states.write=true} writes the document. */
class StateTableTests {
    private static final Path DOCUMENT = Path.of("docs/states.md");
    private static final String BEGIN = "<!-- table -->\n";

    private final StateTable table = StateTable.inForce();

    @Test
    void theDocumentSaysWhatTheTableSays() throws IOException {
        var text = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("drover.states.write")) {
            text = text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + StateDocument.write(table);
            Files.writeString(DOCUMENT, text);
        }

        assertThat(StateDocument.read(text)).isEqualTo(table.rows());
    }

    @Test
    void aChangeOfAnySingleCellIsSeenInTheDocument() throws IOException {
        var documented = StateDocument.read(Files.readString(DOCUMENT));

        assertThat(TableChanges.of(table).toList()).hasSizeGreaterThan(9_000).allSatisfy(change -> assertThat(
                        table.with(change.situation(), change.row()).rows())
                .as(change.cell())
                .isNotEqualTo(documented));
    }

    @Test
    void everyStateButTheLastHasAWayOnAndAWayOut() {
        for (var creation : Creation.values()) {
            for (var state : EnumSet.complementOf(EnumSet.of(VmState.Expunged))) {
                assertThat(table.from(Verb.DELETE, creation))
                        .as("%s %s", state, creation)
                        .contains(state);
                var on = creation == Creation.Created ? Verb.START : Verb.DEPLOY;
                assertThat(table.from(on, creation))
                        .as("%s %s", state, creation)
                        .contains(state);
            }
        }
    }

    @Test
    void whatWasNotCreatedNeitherRunsNorIsStopped() {
        table.rows().forEach((situation, row) -> row.next().forEach((ending, next) -> {
            if (next.state() == VmState.Running || next.state() == VmState.Stopped) {
                assertThat(next.creation()).as("%s %s", situation, ending).isEqualTo(Creation.Created);
            }
        }));
    }

    @Test
    void whatWasNeverCreatedIsNeitherAskedForNorLooked() {
        table.rows().forEach((situation, row) -> {
            if (situation.creation() == Creation.Never && situation.verb() != Verb.DEPLOY) {
                assertThat(row.calls()).as(situation.toString()).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(VmState.class)
    void nothingCanBeAskedOfAnExpungedVm(VmState state) {
        for (var creation : Creation.values()) {
            var none = Verb.operations().stream()
                    .noneMatch(verb -> table.from(verb, creation).contains(state));
            assertThat(none).isEqualTo(state == VmState.Expunged);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "deploy,create,Starting,Running,NORMAL",
        "start,start,Starting,Running,NORMAL",
        "stop,stop,Stopping,Stopped,HIGH",
        "reboot,reboot,Rebooting,Running,NORMAL",
        "status,status,,,LOW",
        "delete,delete,Expunging,Error,HIGH",
        "custom-action,custom-action,,,NORMAL"
    })
    void knowsEachVerb(
            String word, String wire, @Nullable VmState during, @Nullable VmState claims, Priority priority) {
        var verb = Verb.ofOperation(word).orElseThrow();

        assertThat(verb.wireWord()).isEqualTo(wire);
        assertThat(verb.during()).isEqualTo(during);
        assertThat(verb.claims()).isEqualTo(claims);
        assertThat(Priority.of(word)).isEqualTo(priority);
        assertThat(Verb.of(word)).isEqualTo(verb);
    }

    @Test
    void whatIsNoVerbIsACustomActionAndNoOperation() {
        assertThat(Verb.of("CreateSnapshot")).isEqualTo(Verb.CUSTOM_ACTION);
        assertThat(Verb.ofOperation("CreateSnapshot")).isEmpty();
        assertThat(Verb.ofOperation("prepare")).isEmpty();
        assertThat(Verb.contract()).hasSize(9).doesNotContain("custom-action");
    }

    @Test
    void everyStateBetweenTwoIsOneOfAnOperationUnderWay() {
        var during = EnumSet.noneOf(VmState.class);
        Arrays.stream(Verb.values()).map(Verb::during).filter(Objects::nonNull).forEach(during::add);

        assertThat(during).isEqualTo(StateTable.BETWEEN);
        assertThat(Arrays.stream(Admission.values())).hasSize(3);
    }
}
