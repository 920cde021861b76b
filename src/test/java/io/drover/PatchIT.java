package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What prepare answers is taken whole or not at all. */
@Tag("matrix")
class PatchIT extends WholeApplication {
    private static final String MAC = "02:00:00:00:%02x:%02x";

    private static int next;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"mac\":\"zz:00:00:00:00:01\"}]        | zz:00:00:00:00:01",
                "[{\"mac\":\"01:00:5e:00:00:01\"}]        | 01:00:5e:00:00:01",
                "[{\"ip\":\"127.0.0.1\"}]                 | 127.0.0.1",
                "[{\"ip\":\"192.168.7.1\"}]               | 192.168.7.1",
                "[{\"ip\":\"192.168.7.200\"}]             | 192.168.7.200",
                "[{\"ip\":7}]                             | /nics/0/ip",
                "[7]                                      | /nics/0",
                "{}                                       | /nics"
            })
    void aWrongPatchChangesNothing(String nics, String offender) throws IOException {
        var site = inventory.site();
        taken(site);
        var mac = mac();
        var patch = "{\"details\":{\"half\":\"applied\"},\"vncPassword\":\"halfdone\",\"nics\":" + nics + "}";
        var nic = Map.of("network", site.name(), "ip", "192.168.7.50", "mac", mac);
        var operation = admin.done(
                admin.post("/api/v1/vms", Inventory.vm(site, List.of(nic), Map.of("answer_prepare", patch))));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("FAILED");
        assertThat(operation.path("error").path("code").asText()).isEqualTo("patch-refused");
        assertThat(operation.path("error").path("message").asText()).contains(offender);
        var vm = admin.vm(operation.path("vm").asText());
        assertThat(vm.path("state").asText()).isEqualTo("Error");
        assertThat(vm.path("stateReason").asText()).contains(offender);
        assertThat(vm.path("nics").path(0).path("mac").asText()).isEqualTo(mac);
        assertThat(vm.path("nics").path(0).path("ip").asText()).isEqualTo("192.168.7.50");
        assertThat(vm.path("details").has("half")).isFalse();
        var id = vm.path("id").asText();
        assertThat(site.calls(id)).containsExactly("prepare");
        assertThat(site.effects(id)).isEmpty();
        assertThat(inventory.ask("delete", id).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void anAnswerThatIsNoObjectIsNoPatch() {
        var site = inventory.site();
        var operation = admin.done(inventory.deploy(site, Map.of("answer_prepare", "[1,2]")));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("FAILED");
        assertThat(operation.path("error").path("code").asText()).isEqualTo("unreadable-answer");
    }

    @Test
    void aPatchIsReservedBeforeTheVmIsCreated() {
        var site = inventory.site();
        var patch = "{\"details\":{\"rack\":\"7\"},\"nics\":[{\"ip\":\"192.168.7.123\",\"mac\":\"" + mac() + "\"}]}";
        var operation = admin.done(inventory.deploy(site, Map.of("answer_prepare", patch)));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        var given = admin.action(operation.path("id").asText(), "deploy")
                .path("payload")
                .path("cloudstack.vm.details");
        assertThat(given.path("nics").path(0).path("ip").asText()).isEqualTo("192.168.7.123");
        assertThat(given.path("details").path("rack").asText()).isEqualTo("7");
        var wish = Inventory.vm(site, List.of(Map.of("network", site.name(), "ip", "192.168.7.123")), Map.of());
        assertThat(admin.post("/api/v1/vms", wish).status()).isBetween(400, 409);
    }

    @Test
    void whatIsIgnoredIsOnTheRecord() {
        var site = inventory.site();
        var patch = "{\"cpus\":64,\"nics\":[{\"ip\":\"192.168.7.99\",\"gateway\":\"192.168.7.254\"}]}";
        var operation = admin.done(inventory.deploy(site, Map.of("answer_prepare", patch)));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(admin.action(operation.path("id").asText(), "prepare")
                        .path("notes")
                        .asText())
                .contains("cpus", "gateway", "192.168.7.99");
    }

    @Test
    void theWholeVmAnsweredBackWithOneMacChangedChangesThatAlone() throws IOException {
        var mac = mac();
        var echo = inventory.extension("""
                #!/bin/sh
                [ "$1" = prepare ] || exit 0
                exec python3 -c 'import json, sys
                vm = json.load(open(sys.argv[1]))["cloudstack.vm.details"]
                vm["nics"][0]["mac"] = "%s"
                print(json.dumps(vm))' "$2"
                """.formatted(mac).replace("\n                ", "\n"), "prepare: true");
        var operation = admin.done(inventory.deploy(inventory.site(echo), Map.of("size", "6.10")));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        var vm = admin.vm(operation.path("vm").asText());
        assertThat(vm.path("nics").path(0).path("mac").asText()).isEqualTo(mac);
        inventory.detail(vm.path("id").asText(), "size", "7");
        var asked = inventory.ask("status", vm.path("id").asText());
        var sent = admin.action(asked.path("id").asText(), "status")
                .path("payload")
                .path("cloudstack.vm.details");
        assertThat(sent.path("details").path("External:size").asText()).isEqualTo("7");
        assertThat(sent.path("details").has("deployvm")).isFalse();
    }

    @Test
    void anAddressFromOutsideTheNetworkIsTakenAndNoted() {
        var site = inventory.site();
        var patch = "{\"nics\":[{\"ip\":\"198.51.100.7\"}]}";
        var operation = admin.done(inventory.deploy(site, Map.of("answer_prepare", patch)));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(admin.action(operation.path("id").asText(), "prepare")
                        .path("notes")
                        .asText())
                .contains("198.51.100.7", "outside");
    }

    private void taken(Inventory.Site site) {
        var nic = Map.of("network", site.name(), "ip", "192.168.7.200");
        var body = Inventory.vm(site, List.of(nic), Map.of());
        assertThat(admin.done(admin.post("/api/v1/vms", body)).path("state").asText())
                .isEqualTo("SUCCEEDED");
    }

    private static String mac() {
        next++;
        return MAC.formatted(next / 256, next % 256);
    }
}
