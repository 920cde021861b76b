package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.emulator.proxmox.ProxmoxEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** VMs of Drover on an emulated Proxmox, through the API. */
@Tag("matrix")
class ProxmoxDeployIT extends WholeApplication {

    private static final int TEMPLATE = 100;

    private ProxmoxEmulator proxmox;
    private Inventory.Site site;

    @BeforeEach
    void setUp() throws IOException {
        Assumptions.assumeTrue(
                Stream.of("/usr/local/bin", "/usr/bin", "/bin")
                        .anyMatch(it -> Files.isExecutable(Path.of(it, "python3"))),
                "python3 is missing: apt-get install python3");
        proxmox = new ProxmoxEmulator();
        site = site();
    }

    @AfterEach
    void close() throws IOException {
        if (proxmox != null) {
            proxmox.close();
        }
    }

    @Test
    void aVmGoesThroughItsLifeAndLeavesNothing() {
        var id = inventory.running(site);

        var vm = admin.vm(id);
        assertThat(vm.path("details").path("proxmox_vmid").asText()).isEqualTo("101");
        var made = proxmox.vms().get(101);
        assertThat(made.running()).isTrue();
        assertThat(made.config())
                .containsEntry("name", vm.path("internalName").asText())
                .containsEntry("scsi0", "local-lvm:vm-101-disk-0,size=9G");
        assertThat(made.config().get("net0"))
                .containsIgnoringCase(vm.path("nics").path(0).path("mac").asText())
                .endsWith("bridge=vmbr0,tag=7");

        for (var verb : new String[] {"stop", "start", "reboot", "status", "delete"}) {
            assertThat(inventory.ask(verb, id).path("state").asText()).as(verb).isEqualTo("SUCCEEDED");
        }
        assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE);
        assertThat(proxmox.leakedVolumes()).isEmpty();
    }

    @Test
    void aTaskThatFailsIsToldToWhoAskedAndLeavesNothing() {
        proxmox.tasks().fail("qmclone", "clone failed: unable to read from source");

        var operation = admin.done(inventory.deploy(site, Map.of()));

        assertThat(operation.path("state").asText()).isNotEqualTo("SUCCEEDED");
        assertThat(operation.path("error").path("message").asText()).contains("unable to read from source");
        assertThat(operation.toString()).doesNotContain(ProxmoxEmulator.SECRET);
        assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE);
        assertThat(proxmox.leakedVolumes()).isEmpty();
    }

    private Inventory.Site site() {
        var name = unique("pve");
        admin.post("/api/v1/clusters", Map.of("name", name)).expecting(201);
        var details = Map.of("node", "pve1", "network_bridge", "vmbr0");
        admin.post("/api/v1/hosts", Map.of("name", name, "cluster", name, "details", details))
                .expecting(201);
        var template = Map.of("template_id", "100", "is_full_clone", "true", "disk_size", "9");
        admin.post("/api/v1/templates", Map.of("name", name, "extension", "Proxmox", "details", template))
                .expecting(201);
        admin.post("/api/v1/networks", Map.of("name", name, "cidr", "192.168.7.0/24", "vlan", 7))
                .expecting(201);
        var account = Map.of(
                "url",
                proxmox.url(),
                "user",
                ProxmoxEmulator.USER,
                "token",
                ProxmoxEmulator.TOKEN,
                "secret",
                ProxmoxEmulator.SECRET,
                "verify_tls_certificate",
                "false");
        admin.post("/api/v1/extensions/Proxmox/clusters", Map.of("cluster", name, "details", account))
                .expecting(201);
        return new Inventory.Site(name, HOME);
    }
}
