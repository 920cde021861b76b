package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeployIT extends WholeApplication {

    @Test
    void aFirstStartHasAllThatTheFirstVmNeeds() {
        var name = unique("first");
        var wish = Map.of("name", name, "template", "tiny", "serviceOffering", "small", "networks", List.of("demo"));
        var accepted = admin.post("/api/v1/vms", wish);

        assertThat(accepted.headers().firstValue("Location"))
                .contains("/api/v1/operations/" + accepted.json().path("id").asText());
        var operation = admin.done(accepted);
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(operation.path("steps").findValuesAsText("name"))
                .containsSubsequence("Choose host", "Prepare VM", "Apply patch", "Deploy VM");
        var vm = admin.vm(name);
        assertThat(vm.path("state").asText()).isEqualTo("Running");
        assertThat(vm.path("powerState").asText()).isEqualTo("PowerOn");
        assertThat(vm.path("host").path("name").asText()).isNotEmpty();
        assertThat(inventory.ask("delete", name).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void whatPrepareReturnedIsOnTheVm() throws IOException {
        var site = inventory.site();
        var operation = admin.done(inventory.deploy(site, Map.of()));
        var vm = admin.vm(operation.path("vm").asText());

        assertThat(vm.path("nics").path(0).path("mac").asText()).startsWith("02:5d:");
        assertThat(vm.path("details").path("simulator_id").asText()).isNotEmpty();
        var id = operation.path("id").asText();
        assertThat(admin.action(id, "prepare")
                        .path("answer")
                        .findValue("vncPassword")
                        .asText())
                .isEqualTo("******");
        var given = admin.action(id, "deploy").path("payload");
        assertThat(given.path("cloudstack.vm.details")
                        .path("nics")
                        .path(0)
                        .path("mac")
                        .asText())
                .isEqualTo(vm.path("nics").path(0).path("mac").asText());
        assertThat(given.path("cloudstack.vm.details").path("vncPassword").asText())
                .isEqualTo("******");
        assertThat(given.path("cloudstack.vm.details")
                        .path("details")
                        .path("simulator_id")
                        .asText())
                .isEqualTo(vm.path("details").path("simulator_id").asText());
        assertThat(given.has("externaldetails")).isTrue();
    }

    @Test
    void everyVerbHasItsOneEffect() throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);

        check(inventory.ask("stop", vm), vm, "Stopped", "PowerOff");
        check(inventory.ask("start", vm), vm, "Running", "PowerOn");
        check(inventory.ask("reboot", vm), vm, "Running", "PowerOn");
        check(inventory.ask("status", vm), vm, "Running", "PowerOn");
        check(inventory.ask("stop", vm), vm, "Stopped", "PowerOff");
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");

        assertThat(site.effects(vm)).containsExactly("create", "stop", "start", "reboot", "stop", "delete");
        assertThat(site.calls(vm))
                .containsExactly("prepare", "create", "stop", "start", "reboot", "status", "stop", "delete");
    }

    @Test
    void aRunningVmIsStoppedBeforeItIsDeleted() throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);

        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).containsExactly("create", "stop", "delete");
    }

    @Test
    void nameAndAddressAreFreeAgainAfterDeletion() {
        var site = inventory.site();
        var wish = Inventory.vm(site, List.of(Map.of("network", site.name(), "ip", "192.168.7.77")), Map.of());
        var first = admin.done(admin.post("/api/v1/vms", wish));
        assertThat(inventory
                        .ask("delete", first.path("vm").asText())
                        .path("state")
                        .asText())
                .isEqualTo("SUCCEEDED");

        var second = admin.done(admin.post("/api/v1/vms", wish));

        assertThat(second.path("state").asText()).as(second.toString()).isEqualTo("SUCCEEDED");
        assertThat(second.path("vm")).isNotEqualTo(first.path("vm"));
        assertThat(admin.vm(second.path("vm").asText())
                        .path("nics")
                        .path(0)
                        .path("ip")
                        .asText())
                .isEqualTo("192.168.7.77");
    }

    @Test
    void theRecordSaysWhoRanWhatWhenWithWhichProgram() {
        var operation = admin.done(inventory.deploy(inventory.site(), Map.of()));
        var action = admin.action(operation.path("id").asText(), "deploy");

        assertThat(action.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(action.path("wireVerb").asText()).isEqualTo("create");
        assertThat(action.path("requestedBy").asText()).isEqualTo("admin");
        assertThat(action.path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(action.path("program").asText()).endsWith("simulator.sh");
        assertThat(action.path("exitCode").asInt(-1)).isZero();
        assertThat(action.path("durationMs").isNumber()).isTrue();
        assertThat(action.path("timeoutSeconds").asInt()).isEqualTo(300);
    }

    @Test
    void actionsAreFoundByWhatTheyAre() {
        var vm = inventory.running(inventory.site());

        assertThat(verbs("vm=" + vm)).containsExactly("deploy", "prepare");
        assertThat(verbs("vm=" + vm + "&verb=prepare")).containsExactly("prepare");
        assertThat(verbs("vm=" + vm + "&state=REFUSED")).isEmpty();
        assertThat(verbs("vm=" + vm + "&since=2000-01-01T00:00:00Z")).hasSize(2);
        assertThat(verbs("vm=" + vm + "&since=2999-01-01T00:00:00Z")).isEmpty();
        var page = admin.get("/api/v1/actions?limit=1&vm=" + vm).expecting(200);
        assertThat(verbs("vm=" + vm + "&limit=1&cursor=" + page.path("next").asText()))
                .containsExactly("prepare");
    }

    private List<String> verbs(String query) {
        return admin.get("/api/v1/actions?" + query)
                .expecting(200)
                .path("items")
                .findValuesAsText("verb");
    }

    private void check(JsonNode operation, String vm, String state, String power) {
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        var now = admin.vm(vm);
        assertThat(now.path("state").asText()).isEqualTo(state);
        assertThat(now.path("powerState").asText()).isEqualTo(power);
    }
}
