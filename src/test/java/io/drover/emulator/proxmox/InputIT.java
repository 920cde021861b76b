package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments and payloads that make no sense. */
@Tag("program")
class InputIT extends Scenario {

    @Test
    void anUnknownVerbIsRefused() {
        assertThat(fail("migrate", Payload.of(proxmox)).error())
                .contains("Unknown action migrate")
                .contains("create");
        assertThat(proxmox.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "7",
                "{\"externaldetails\": []}",
                "{\"externaldetails\": {\"host\": 7}}",
                "{}",
                "{\"cloudstack.vm.details\": 1}"
            })
    void garbageIsRefused(String payload) throws IOException, InterruptedException {
        for (var verb : new String[] {"prepare", "create", "stop", "delete", "status", "statuses", "getconsole"}) {
            var run = ProgramRun.of(verb, payload, 10);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.error()).isNotBlank().doesNotContain("unexpected");
        }
    }

    @Test
    void aPayloadWithoutAVmIsRefused() throws IOException, InterruptedException {
        var json = Payload.of(proxmox).json();
        json.remove("virtualmachineid");
        json.remove("cloudstack.vm.details");

        assertThat(ProgramRun.of("delete", json, 10).error()).contains("virtualmachineid");
        assertThat(ProgramRun.of("statuses", json, 10).exitCode()).isZero();
    }

    @Test
    void aNicWithoutAnAddressOrWithAnImpossibleVlanIsRefused() {
        assertThat(fail("create", Payload.of(proxmox).nic("oops", "vlan://7")).error())
                .contains("no usable MAC");
        assertThat(fail("create", Payload.of(proxmox).nic("02:01:00:d0:00:11", "vlan://5000"))
                        .error())
                .contains("VLAN 5000");
        assertNothingLeft();
    }

    @Test
    void whatAnswersInPlaceOfProxmoxIsTold() {
        proxmox.faults().answer("GET .*", 1, 404, "Not Found");

        assertThat(fail("status", Payload.of(proxmox)).error()).contains("404").contains("detail url");
    }

    @Test
    void detailsOfTheVmChooseNeitherServerNorBridge() {
        succeed(
                "create",
                Payload.of(proxmox)
                        .with("virtualmachine", "url", "https://evil.invalid")
                        .with("virtualmachine", "network_bridge", "vmbr1")
                        .with("virtualmachine", "node", "pve2"));

        assertThat(vm().node).isEqualTo("pve1");
        assertThat(vm().config().get("net0")).contains("bridge=vmbr0");
    }

    @Test
    void theHostsDetailsGoBeforeTheExtensions() {
        succeed(
                "create",
                Payload.of(proxmox)
                        .with("extension", "node", "pve2")
                        .with("extension", "url", "https://other.invalid")
                        .with("host", "url", proxmox.url())
                        .with("host", "secret", ProxmoxEmulator.SECRET));

        assertThat(vm().node).isEqualTo("pve1");
        assertThat(proxmox.vms().get(TEMPLATE).config()).containsAllEntriesOf(Map.of("template", "1"));
    }

    @Test
    void aCertificateThatIsTrustedIsAccepted() throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("proxmox-trust");
        var trusted = Files.writeString(directory.resolve("ca.pem"), TestCertificate.pem());
        var payload = directory.resolve("payload.json");
        var json = Payload.of(proxmox)
                .with("extension", "verify_tls_certificate", "true")
                .json();
        Files.writeString(payload, new ObjectMapper().writeValueAsString(json));

        var process = ProgramRun.start(
                directory, Map.of("SSL_CERT_FILE", trusted.toString()), "status", payload.toString(), "10");

        assertThat(ProgramRun.of(process, directory, 10)
                        .answer()
                        .path("power_state")
                        .asText())
                .isEqualTo("unknown");
    }
}
