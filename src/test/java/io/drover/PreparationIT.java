package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.emulator.ExtensionProgram;
import io.drover.emulator.maas.MaasEmulator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a preparation has left outside is given back, wherever the deployment ends. */
@Tag("matrix")
class PreparationIT extends WholeApplication {
    private static final String SAYS = "{\"leftovers\":true}";
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // who says it | what goes wrong | cancelled | calls of the deployment | creation then | calls of a
                // deletion
                "answer   | create retryable    | yes | prepare create               | Leftovers | stop delete",
                "manifest | create retryable    | yes | prepare create               | Leftovers | stop delete",
                "nobody   | create retryable    | yes | prepare create               | Never     | -",
                "manifest | prepare hang        | yes | prepare                      | Leftovers | stop delete",
                "nobody   | prepare hang        | yes | prepare                      | Never     | -",
                "manifest | prepare die-before  | no  | prepare prepare stop delete  | Never     | -",
                "nobody   | prepare die-before  | no  | prepare prepare              | Never     | -",
                "nobody   | prepare leftovers   | no  | prepare stop delete          | Never     | -",
                "manifest | prepare exit:3      | no  | prepare                      | Never     | -",
                "answer   | create exit:3       | no  | prepare create stop delete   | Never     | -",
                "answer   | delete exit:5 create exit:3 | no | prepare create stop delete | Leftovers | stop delete",
                "answer   | -                   | no  | prepare create               | Created   | stop delete",
            })
    void whatWasTakenIsGivenBack(
            String says, String faults, String cancelled, String deployment, String creation, String deletion)
            throws IOException {
        var site = site(says);
        var operation = deploy(site, says, faults);
        var vm = operation.path("vm").asText();
        if (cancelled.equals("yes")) {
            await().until(() -> !site.calls(vm).isEmpty() && deployment.endsWith(last(site.calls(vm))));
            if (faults.endsWith("retryable")) {
                await().until(() -> state(operation.path("id").asText()).equals("WAITING"));
            }
            admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel")
                    .expecting(200);
        }
        admin.awaitEnd(operation.path("id").asText());

        assertThat(site.calls(vm)).containsExactly(deployment.split(" "));
        assertThat(admin.vm(vm).path("creation").asText()).isEqualTo(creation);
        for (var verb : List.of("prepare", "create", "delete")) {
            inventory.removeDetail(vm, "fault_" + verb);
        }
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(String.join(" ", site.calls(vm)))
                .isEqualTo(deletion == null ? deployment : deployment + " " + deletion);
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Expunged");
    }

    @Test
    void whatWasTakenForADeploymentThatWasCancelledIsGivenBackBeforeTheNext() throws IOException {
        var site = site("answer");
        var operation = deploy(site, "answer", "create retryable");
        var vm = operation.path("vm").asText();
        await().until(() -> state(operation.path("id").asText()).equals("WAITING"));
        admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel")
                .expecting(200);
        admin.awaitEnd(operation.path("id").asText());
        inventory.removeDetail(vm, "fault_create");

        assertThat(inventory.ask("deploy", vm).path("state").asText()).isEqualTo("SUCCEEDED");

        assertThat(site.calls(vm)).containsExactly("prepare", "create", "delete", "prepare", "create");
        assertThat(admin.vm(vm).path("creation").asText()).isEqualTo("Created");
    }

    /** The second deployment goes elsewhere, and may not delete what the first has left; so does the forced deletion. */
    @Test
    void whatMayBeLeftIsSaidToBeWhereItWasTaken() throws IOException {
        var site = site("answer");
        var second = unique("h");
        var details = Map.of("state_dir", site.state().toString());
        admin.post("/api/v1/hosts", Map.of("name", second, "cluster", site.name(), "details", details))
                .expecting(201);
        var operation = deploy(site, "answer", "create retryable delete exit:5 stop exit:5");
        var vm = operation.path("vm").asText();
        await().until(() -> state(operation.path("id").asText()).equals("WAITING"));
        admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel")
                .expecting(200);
        admin.awaitEnd(operation.path("id").asText());
        var first = admin.operation(operation.path("id").asText()).path("steps").path(0);
        var place = first.path("note").asText().contains(second) ? second : site.name();
        assertThat(inventory.ask("deploy", vm).path("state").asText()).isEqualTo("FAILED");

        var forced = admin.done(admin.delete("/api/v1/vms/" + vm + "?force=true"));

        assertThat(forced.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).path("stateReason").asText()).contains("on host '" + place + "'");
        assertThat(site.calls(vm)).doesNotContainSequence("prepare", "create", "delete", "prepare");
    }

    @Test
    void whatIsLeftIsNoPartOfThePatch() throws IOException {
        var operation = admin.done(inventory.deploy(site("answer"), Map.of("answer_prepare", SAYS)));

        var notes = admin.action(operation.path("id").asText(), "prepare").path("notes");
        assertThat(notes.asText()).doesNotContain("leftovers");
    }

    /** The second MAAS has a machine with the network card of a machine of the first, so its patch is refused. */
    @Test
    void aMachineIsGivenBackWhoseAddressesCannotBeTaken() throws IOException {
        ExtensionProgram.assumePython();
        try (var first = new MaasEmulator();
                var second = new MaasEmulator()) {
            first.addMachines(1);
            second.addMachines(1);
            var vm = inventory.running(maas(first));

            var operation = admin.done(inventory.deploy(maas(second), Map.of()));

            assertThat(operation.path("state").asText()).isEqualTo("FAILED");
            assertThat(operation.path("error").path("message").asText()).contains("52:54:00:77:00:00");
            assertThat(second.taken()).isZero();
            assertThat(admin.vm(operation.path("vm").asText()).path("creation").asText())
                    .isEqualTo("Never");
            assertThat(first.taken()).isEqualTo(1);
            inventory.ask("delete", vm);
            assertThat(first.taken()).isZero();
        }
    }

    private Inventory.Site site(String says) throws IOException {
        var manifest = says.equals("manifest") ? "leftovers: true" : "";
        return inventory.site(inventory.extension(Inventory.simulator(), "prepare: true", manifest));
    }

    private JsonNode deploy(Inventory.Site site, String says, String faults) {
        Map<String, String> details = new HashMap<>();
        if (says.equals("answer")) {
            details.put("answer_prepare", SAYS);
        }
        var words = faults == null ? new String[0] : faults.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            details.put("fault_" + words[i], words[i + 1]);
        }
        return inventory.deploy(site, details).expecting(202);
    }

    private Inventory.Site maas(MaasEmulator maas) {
        var name = unique("maas");
        admin.post("/api/v1/clusters", Map.of("name", name)).expecting(201);
        admin.post("/api/v1/hosts", Map.of("name", name, "cluster", name, "details", maas.details()))
                .expecting(201);
        admin.post("/api/v1/templates", Map.of("name", name, "extension", "MaaS"))
                .expecting(201);
        admin.post("/api/v1/networks", Map.of("name", name, "cidr", "192.168.7.0/24", "vlan", 7))
                .expecting(201);
        admin.post("/api/v1/extensions/MaaS/clusters", Map.of("cluster", name)).expecting(201);
        return new Inventory.Site(name, HOME);
    }

    private String state(String operation) {
        var state = admin.operation(operation).path("state").asText();
        assertThat(ENDED).doesNotContain(state);
        return state;
    }

    private static String last(List<String> calls) {
        return calls.get(calls.size() - 1);
    }
}
