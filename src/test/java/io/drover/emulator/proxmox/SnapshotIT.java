package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The custom actions. */
@Tag("program")
class SnapshotIT extends Scenario {

    @BeforeEach
    void createVm() {
        addVm(true);
    }

    @Test
    void snapshotsAreTakenListedRestoredAndDeleted() {
        take("first", false);
        take("second", true);

        var rows = succeed("ListSnapshots").answer();
        assertThat(rows.path("printmessage").asText()).isEqualTo("true");
        assertThat(rows.at("/message/0/name").asText()).isEqualTo("first");
        assertThat(rows.at("/message/0/description").asText()).isEqualTo("about first");
        assertThat(rows.at("/message/0/memory").asText()).isEqualTo("no");
        assertThat(rows.at("/message/0/created").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(rows.at("/message/1/memory").asText()).isEqualTo("yes");
        assertThat(rows.at("/message/1/parent").asText()).isEqualTo("first");

        vm().config.put("cores", "7");
        succeed("RestoreSnapshot", Payload.of(proxmox).parameter("snap_name", "first"));
        assertThat(vm().config()).containsEntry("cores", "3").containsEntry("parent", "first");

        succeed("DeleteSnapshot", Payload.of(proxmox).parameter("snap_name", "first"));
        assertThat(vm().snapshotNames()).containsExactly("second");
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, true", "false, false"})
    void aVmRunsAfterItWasRestoredIfItRanBefore(boolean memory, boolean running) {
        take("one", memory);
        if (!running) {
            succeed("stop");
        }

        succeed("RestoreSnapshot", Payload.of(proxmox).parameter("snap_name", "one"));

        assertThat(vm().running()).isEqualTo(running);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateSnapshot", "RestoreSnapshot", "DeleteSnapshot"})
    void aLostAnswerDoesNotMatter(String verb) {
        if (!verb.equals("CreateSnapshot")) {
            take("one", false);
        }
        proxmox.faults().dropAfter("(POST|DELETE) .*/snapshot.*", 1);

        succeed(verb, Payload.of(proxmox).parameter("snap_name", "one"));

        assertThat(proxmox.faults().spent()).isTrue();
        assertThat(vm().snapshotNames()).hasSize(verb.equals("DeleteSnapshot") ? 0 : 1);
        assertThat(vm().config()).doesNotContainKey("lock");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CreateSnapshot  | one     | has a snapshot one already
            CreateSnapshot  | 1st     | begins with a letter
            CreateSnapshot  | a/../b  | begins with a letter
            CreateSnapshot  | current | begins with a letter
            RestoreSnapshot | two     | has no snapshot two: there are one
            DeleteSnapshot  | two     | has no snapshot two: there are one
            """)
    void aWrongNameIsRefused(String verb, String name, String message) {
        take("one", false);

        assertThat(fail(verb, Payload.of(proxmox).parameter("snap_name", name)).error())
                .contains(message);

        assertThat(vm().snapshotNames()).containsExactly("one");
    }

    @Test
    void aFailedSnapshotIsTold() {
        proxmox.tasks().fail("qmsnapshot", "snapshot feature is not available");

        assertThat(fail("CreateSnapshot", Payload.of(proxmox).parameter("snap_name", "one"))
                        .error())
                .contains("snapshot feature is not available");
        assertThat(vm().snapshotNames()).isEmpty();
    }

    @Test
    void aVmWithSnapshotsIsDeletedWithAll() {
        take("one", true);

        succeed("delete");

        assertNothingLeft();
    }

    private void take(String name, boolean memory) {
        succeed(
                "CreateSnapshot",
                Payload.of(proxmox)
                        .parameter("snap_name", name)
                        .parameter("snap_description", "about " + name)
                        .parameter("snap_save_memory", memory));
    }
}
