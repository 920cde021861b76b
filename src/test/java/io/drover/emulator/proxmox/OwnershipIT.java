package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension touches its own VM, wherever that is, and no other. */
@Tag("program")
class OwnershipIT extends Scenario {

    private static final String OTHER = "11111111-a2fd-4fb9-af9e-e4a4b2be59dc";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "drover:11111111-a2fd-4fb9-af9e-e4a4b2be59dc:101",
                "drover:ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc:99"
            })
    void aVmThatHasTheNumberButNotTheMarkIsLeftAlone(String notes) {
        var foreign = proxmox.add(VMID, "pve1", Map.of("name", "i-2-20-VM", "description", notes));
        foreign.power(true);
        var before = foreign.config();

        succeed("stop");
        succeed("delete");
        var status = succeed("status").answer();
        assertThat(status.path("power_state").asText()).isEqualTo("unknown");
        assertThat(status.has("uuid")).isFalse();
        for (var verb : new String[] {"start", "reboot", "getconsole", "ListSnapshots"}) {
            assertThat(fail(verb, Payload.of(proxmox)).error())
                    .contains("no VM of Drover's")
                    .contains(Payload.ID);
        }

        assertThat(proxmox.vms().get(VMID).config()).isEqualTo(before);
        assertThat(foreign.running()).isTrue();
        assertThat(proxmox.requests()).allMatch(line -> line.startsWith("GET"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void createTakesAnotherNumberWhereItsOwnWasTakenMeanwhile(boolean container) {
        if (container) {
            proxmox.addContainer(VMID);
        } else {
            proxmox.add(VMID, "pve2", Map.of("name", "faster"));
        }

        succeed("create");
        succeed("create");

        assertThat(proxmox.vms()).hasSize(container ? 2 : 3);
        assertThat(proxmox.vms().get(102).running()).isTrue();
        succeed("stop");
        assertThat(proxmox.vms().get(102).running()).isFalse();
        succeed("delete");
        assertThat(proxmox.vms()).doesNotContainKey(102).hasSize(container ? 1 : 2);
        assertThat(proxmox.leakedVolumes()).isEmpty();
    }

    @Test
    void twoVmsThatWerePreparedWithOneNumberBothCome() {
        succeed("create");
        succeed("create", Payload.of(proxmox).vm(OTHER, "i-2-21-VM"));

        assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE, VMID, 102);
        succeed("delete");
        assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE, 102);
        assertThat(proxmox.vms().get(102).config()).containsEntry("name", "i-2-21-VM");
    }

    @Test
    void aCopyOfTheVmThatSomebodyMadeIsKept() {
        succeed("create");
        proxmox.add(300, "pve1", vm().config());

        succeed("delete");

        assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE, 300);
    }

    @Test
    void aVmThatMovedToAnotherNodeIsFound() {
        succeed("create");
        proxmox.move(VMID, "pve2");

        succeed("stop");
        assertThat(vm().running()).isFalse();
        succeed("delete");
        assertNothingLeft();
    }

    @Test
    void notesThatSomebodyRewroteDoNotLoseTheVm() {
        succeed("create");
        vm().config.put("description", "web server");

        succeed("delete");

        assertNothingLeft();
    }

    @Test
    void aVmThatTheTokenMayNotSeeIsNotTakenForMissing() {
        succeed("create");
        proxmox.deny("VM.Audit", "/vms/101");

        assertThat(fail("delete", Payload.of(proxmox)).error()).contains("VM.Audit on /vms/101");
        assertThat(fail("prepare", Payload.of(proxmox)).error()).contains("VM.Audit on /vms/101");

        assertThat(vm().running()).isTrue();
    }

    @Test
    void manyVmsAtOnceWithTheSameNumberAllCome() {
        var runs = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> run(
                                "create",
                                Payload.of(proxmox).vm(OTHER.replace("11111111", "1111111" + i), "i-2-3" + i + "-VM")),
                        task -> new Thread(task).start()))
                .toList();

        assertThat(runs)
                .allSatisfy(it ->
                        assertThat(it.join().exitCode()).as(it.join().output()).isZero());
        assertThat(proxmox.vms()).hasSize(7);
        assertThat(proxmox.vms().values().stream()
                        .map(vm -> vm.config().get("name"))
                        .distinct())
                .hasSize(7);
        assertThat(proxmox.leakedVolumes()).isEmpty();
    }

    @Test
    void aNameThatBecameImpossibleDoesNotKeepTheVmFromBeingDeleted() {
        succeed("create");

        var renamed =
                Payload.of(proxmox).with("virtualmachine", "vm_name", "a_b").unprepared();
        succeed("delete", renamed);
        succeed("delete", renamed);

        assertNothingLeft();
    }
}
