package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of the extension QEMU's VMs. */
@Tag("program")
class QemuSnapshotsIT {
    @TempDir
    Path temporary;

    private QemuHost host;

    @BeforeEach
    void openHost() {
        Guest.needsQemu();
        host = new QemuHost(temporary);
    }

    @AfterEach
    void clear() {
        if (host != null) {
            host.clear();
        }
    }

    @Test
    void aVmGoesOnFromTheMemoryOfASnapshotThatWasTakenWhileItRan() {
        var vm = host.guest();
        var serial = host.serial(vm);
        host.program.call("create", vm).succeeded();
        serial.await("GUEST-TICK", "2"::equals);

        act("CreateSnapshot", vm.withSnapshot("while it ran"));
        var next = String.valueOf(serial.seconds() + 1);
        serial.await("GUEST-TICK", next, 1);
        act("RestoreSnapshot", vm.withSnapshot("while it ran"));

        serial.await("GUEST-TICK", next, 2);
        assertThat(serial.told("GUEST-BOOTS")).containsExactly("1");
        var listed = act("ListSnapshots", vm);
        assertThat(listed.findValuesAsText("name")).containsExactly("while it ran");
        assertThat(listed.path(0).path("memory").asBoolean()).isTrue();
        assertThat(listed.path(0).path("taken").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @Test
    void aSnapshotOfAStoppedVmBringsItsDiskBack() {
        var vm = host.guest();
        var serial = host.serial(vm);
        host.program.call("create", vm).succeeded();
        serial.awaitBoots(1);
        host.program.call("stop", vm).succeeded();

        act("CreateSnapshot", vm.withSnapshot("once"));
        host.program.call("start", vm).succeeded();
        serial.awaitBoots(2);
        assertThat(act("RestoreSnapshot", vm.withSnapshot("once")).asText()).contains("started anew");

        serial.awaitBoots(2);
        host.program.call("stop", vm.with("stop_timeout", "0")).succeeded();
        assertThat(act("RestoreSnapshot", vm.withSnapshot("once")).asText()).contains("still stopped");
        assertThat(host.state(vm)).isEqualTo("poweroff");
        assertThat(host.boots(vm)).isEqualTo(1);
        host.program.call("delete", vm).succeeded();
    }

    @Test
    void snapshotsAreDeletedWhetherTheVmRunsOrNot() {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        act("CreateSnapshot", vm.withSnapshot("one"));
        act("CreateSnapshot", vm.withSnapshot("two"));
        act("CreateSnapshot", vm.withSnapshot("three"));

        act("DeleteSnapshot", vm.withSnapshot("two"));
        act("DeleteSnapshot", vm.withSnapshot("two"));
        assertThat(act("ListSnapshots", vm).findValuesAsText("name")).containsExactly("one", "three");
        host.program.call("stop", vm).succeeded();
        act("DeleteSnapshot", vm.withSnapshot("one"));
        assertThat(act("ListSnapshots", vm).findValuesAsText("name")).containsExactly("three");
        host.program.call("delete", vm).succeeded();
    }

    @Test
    void namesThatDoNotFitAreRefusedWithWhatFits() {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        act("CreateSnapshot", vm.withSnapshot("one"));

        assertThat(refusal("CreateSnapshot", vm.withSnapshot("one"))).contains("has a snapshot 'one' already");
        assertThat(refusal("RestoreSnapshot", vm.withSnapshot("two"))).contains("no snapshot 'two'", "it has 'one'");
        assertThat(refusal("CreateSnapshot", vm)).contains("snap_name is missing");
        assertThat(refusal("CreateSnapshot", vm.withSnapshot("1")))
                .contains("snap_name is '1'", "begins with a letter");
        assertThat(refusal("DeleteSnapshot", vm.withSnapshot("a/b"))).contains("'a/b'");
        host.program.call("delete", vm).succeeded();
        assertThat(refusal("ListSnapshots", vm)).contains("There is no VM " + vm.id());
    }

    private JsonNode act(String action, VmWish vm) {
        var answer = host.program.call(action, vm).succeeded();
        assertThat(answer.path("printmessage").asText()).isEqualTo("true");
        return answer.path("message");
    }

    private String refusal(String action, VmWish vm) {
        return host.program.call(action, vm).refused();
    }
}
