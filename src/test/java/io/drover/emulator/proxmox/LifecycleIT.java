package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension's verbs on a cluster where nothing goes wrong, each of them twice where that makes sense. */
@Tag("program")
class LifecycleIT extends Scenario {

    @Test
    void prepareAnswersTheNextNumberAndKeepsIt() {
        var first = succeed("prepare", Payload.of(proxmox).unprepared());
        assertThat(first.answer().at("/details/proxmox_vmid").asText()).isEqualTo("101");
        proxmox.add(99999, "pve2", java.util.Map.of());

        var kept = succeed("prepare", Payload.of(proxmox).kept("proxmox_vmid", "555"));
        var taken = succeed("prepare", Payload.of(proxmox).kept("proxmox_vmid", "99999"));

        assertThat(kept.answer().at("/details/proxmox_vmid").asText()).isEqualTo("555");
        assertThat(taken.answer().at("/details/proxmox_vmid").asText()).isEqualTo("101");
        assertThat(proxmox.vms()).hasSize(2);
    }

    @Test
    void createMakesALinkedCloneThatRuns() {
        succeed("create", Payload.of(proxmox).nic("02:01:00:d0:00:11", "vlan://untagged"));

        var config = vm().config();
        assertThat(vm().running()).isTrue();
        assertThat(config)
                .containsEntry("name", "i-2-20-VM")
                .containsEntry("cores", "3")
                .containsEntry("memory", "1024")
                .containsEntry("net0", "e1000=02:01:00:D0:00:10,bridge=vmbr0,tag=166")
                .containsEntry("net1", "virtio=02:01:00:D0:00:11,bridge=vmbr0")
                .containsEntry("tags", "drover-" + Payload.ID + ";golden");
        assertThat(config.get("scsi0")).contains("vm-100-disk-0/vm-101-disk-0");
        assertThat(config.get("description")).startsWith("drover:" + Payload.ID + ":101");
    }

    @Test
    void createRemovesNicsThatOnlyTheTemplateHas() {
        succeed("create");

        assertThat(vm().config()).containsKey("net0").doesNotContainKey("net1");
    }

    @Test
    void createCopiesAndEnlargesDisksWhereAsked() {
        succeed(
                "create",
                Payload.of(proxmox)
                        .with("virtualmachine", "is_full_clone", "true")
                        .with("virtualmachine", "disk_size", "20")
                        .with("virtualmachine", "os_type", "win11")
                        .with("virtualmachine", "vm_name", "web.example")
                        .with("host", "pool", "drover")
                        .with("host", "storage", "ceph"));

        assertThat(vm().config())
                .containsEntry("scsi0", "ceph:vm-101-disk-0,size=20G")
                .containsEntry("ostype", "win11")
                .containsEntry("name", "web.example");
        assertThat(proxmox.volumesOf(VMID)).containsExactly("ceph:vm-101-disk-0");
    }

    @Test
    void createPutsTheVmOnItsHostWhereverTheTemplateIs() {
        succeed("create", Payload.of(proxmox).with("host", "node", "pve2"));

        assertThat(vm().node).isEqualTo("pve2");
    }

    @Test
    void createFromAnIsoMakesAnEmptyDiskAndBootsFromBoth() {
        succeed("create", Payload.ofIso(proxmox).with("virtualmachine", "disk_size", "7"));

        assertThat(vm().running()).isTrue();
        assertThat(vm().config())
                .containsEntry("scsi0", "local-lvm:vm-101-disk-0,size=7G")
                .containsEntry("ide2", "local:iso/debian.iso,media=cdrom")
                .containsEntry("boot", "order=scsi0;ide2")
                .containsEntry("ostype", "l26")
                .containsEntry("net0", "virtio=02:01:00:D0:00:10,bridge=vmbr0,tag=166");
    }

    @Test
    void createAgainFindsTheVmAndMakesNoSecond() {
        for (var payload : new Payload[] {Payload.of(proxmox), Payload.ofIso(proxmox)}) {
            succeed("create", payload);
            var before = proxmox.volumesOf(VMID);
            succeed("create", payload);

            assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE, VMID);
            assertThat(proxmox.volumesOf(VMID)).isEqualTo(before);
            succeed("delete", payload);
        }
    }

    @Test
    void powerFollowsAndMayBeAskedTwice() {
        succeed("create");
        assertThat(power()).isEqualTo("poweron");
        for (int i = 0; i < 2; i++) {
            succeed("stop");
            assertThat(power()).isEqualTo("poweroff");
        }
        for (int i = 0; i < 2; i++) {
            succeed("start");
            assertThat(power()).isEqualTo("poweron");
        }
        succeed("reboot");
        assertThat(power()).isEqualTo("poweron");
        assertThat(proxmox.requests())
                .filteredOn(line -> line.endsWith("/status/start"))
                .hasSize(2);
    }

    @Test
    void aGuestThatIgnoresRequestsIsSwitchedOffOrReset() {
        succeed("create");
        vm().ignoreShutdown();

        succeed("reboot");
        assertThat(proxmox.requests()).anyMatch(line -> line.endsWith("/status/reset"));
        succeed("stop");

        assertThat(vm().running()).isFalse();
        assertThat(proxmox.requests()).anyMatch(line -> line.endsWith("/status/stop"));
    }

    @Test
    void deleteRemovesARunningVmWithAllItsVolumesAndMayBeAskedTwice() {
        succeed("create");
        proxmox.addStrayVolume("ceph", VMID);

        succeed("delete");
        assertNothingLeft();
        succeed("delete");
        succeed("stop");
        assertThat(power()).isEqualTo("unknown");
    }

    @Test
    void statusesTellsAllOfDroversVmsByInternalName() {
        succeed("create", Payload.of(proxmox).with("virtualmachine", "vm_name", "web"));
        succeed(
                "create",
                Payload.of(proxmox)
                        .vm("11111111-a2fd-4fb9-af9e-e4a4b2be59dc", "i-2-21-VM")
                        .unprepared());
        succeed("stop");
        proxmox.add(300, "pve1", java.util.Map.of("name", "i-2-99-VM"));

        var states = succeed("statuses").answer().path("power_state");

        assertThat(states.toString())
                .isEqualTo("{\"i-2-20-VM\": \"poweroff\", \"i-2-21-VM\": \"poweron\"}"
                        .replace(": ", ":")
                        .replace(", ", ","));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theConsolesPasswordOpensItOnce(boolean passwords) {
        succeed("create");
        if (passwords) {
            proxmox.consoles().givePasswords();
        }

        var console = succeed("getconsole").answer().path("console");

        assertThat(console.path("host").asText()).isEqualTo("127.0.0.1");
        assertThat(console.path("protocol").asText()).isEqualTo("vnc");
        assertThat(console.path("passwordonetimeuseonly").asBoolean()).isTrue();
        int port = console.path("port").asInt();
        var ticket = console.path("password").asText();
        assertThat(proxmox.consoles().redeem(port, ticket)).isEqualTo(VMID);
        assertThat(proxmox.consoles().redeem(port, ticket)).isZero();
    }

    @Test
    void aStoppedVmHasNoConsole() {
        succeed("create");
        succeed("stop");

        assertThat(fail("getconsole", Payload.of(proxmox)).error())
                .contains("does not run")
                .contains("start it");
    }

    private String power() {
        return succeed("status").answer().path("power_state").asText();
    }
}
