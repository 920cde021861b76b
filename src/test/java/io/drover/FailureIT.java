package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deployments that fail: the state they end in, the reason given, and what is left. */
class FailureIT extends WholeApplication {

    @ParameterizedTest
    @CsvSource({"exit:3, exit-code", "error, answered-error"})
    void aRefusalEndsInErrorAndNothingIsStoppedOrDeleted(String fault, String code) throws IOException {
        var site = inventory.site();
        var operation = admin.done(inventory.deploy(site, Map.of("fault_create", fault)));

        failed(operation, code, "Deploy VM: ");
        var vm = operation.path("vm").asText();
        assertThat(site.calls(vm)).containsExactly("prepare", "create");
        assertThat(site.effects(vm)).isEmpty();
        assertThat(admin.action(operation.path("id").asText(), "deploy")
                        .path("state")
                        .asText())
                .isEqualTo("REFUSED");
        canBeDeleted(vm);
    }

    @Test
    void cloudStacksReadingTakesAnErrorWithExitCodeZeroForASuccess() throws IOException {
        var script = "#!/bin/sh\necho '{\"status\":\"error\",\"error\":\"told and ignored\"}'\n";
        var exact = inventory.site(inventory.extension(script, "answers: cloudstack"));
        var drovers = inventory.site(inventory.extension(script));

        assertThat(admin.done(inventory.deploy(exact, Map.of())).path("state").asText())
                .isEqualTo("SUCCEEDED");
        failed(admin.done(inventory.deploy(drovers, Map.of())), "answered-error", "told and ignored");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "answer_create | {\"status\":\"success\"}",
                "answer_create | {\"success\":true,\"result\":{}}",
                "fault_create | empty",
                "fault_create | stderr"
            })
    void everyFormOfSuccessIsUnderstood(String detail, String value) throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site, Map.of(detail, value));

        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
        assertThat(site.effects(vm)).containsExactly("create");
    }

    @Test
    void aSuccessThatIsCutShortIsNoneAndIsCleanedUp() throws IOException {
        var site = inventory.site();
        var operation = admin.done(inventory.deploy(site, Map.of("fault_create", "badjson")));

        failed(operation, "unreadable-answer", "must be one JSON object");
        var vm = operation.path("vm").asText();
        assertThat(site.effects(vm)).startsWith("create").endsWith("delete");
        canBeDeleted(vm);
    }

    @Test
    void aTimeoutEndsAllProcessesAndIsNotRepeated() throws IOException {
        var site =
                inventory.site(inventory.extension(Inventory.simulator(), "prepare: true", "timeouts:", "  deploy: 1"));
        var operation = admin.done(inventory.deploy(site, Map.of("fault_create", "hang-children")));

        failed(operation, "timed-out", "timeout of 1 s");
        var vm = operation.path("vm").asText();
        assertThat(site.calls(vm)).containsExactly("prepare", "create", "stop", "delete");
        assertThat(site.processes(vm)).hasSizeGreaterThan(4).noneMatch(Inventory::lives);
        canBeDeleted(vm);
    }

    @Test
    void aVmGoesToNoHostWhoseProgramIsMissing() throws IOException {
        var extension = inventory.extension("#!/bin/sh\n");
        var site = inventory.site(extension);
        Files.delete(inventory.entry(extension));

        var operation = admin.done(inventory.deploy(site, Map.of()));

        failed(operation, "no-host", "entry.sh is missing");
        canBeDeleted(operation.path("vm").asText());
    }

    @Test
    void aVmGoesToNoHostWhoseProgramIsNotExecutable() throws IOException {
        var extension = inventory.extension("#!/bin/sh\n");
        var site = inventory.site(extension);
        Files.setPosixFilePermissions(inventory.entry(extension), PosixFilePermissions.fromString("rw-r--r--"));

        failed(admin.done(inventory.deploy(site, Map.of())), "no-host", "entry.sh is not executable");
    }

    @Test
    void aVmGoesToNoHostWhoseExtensionIsDisabled() throws IOException {
        var extension = inventory.extension("#!/bin/sh\n");
        var site = inventory.site(extension);
        admin.post("/api/v1/extensions/" + extension + "/disable").expecting(200);

        failed(admin.done(inventory.deploy(site, Map.of())), "no-host", "is disabled");
    }

    @Test
    void aProgramThatVanishesBetweenTwoStepsIsNotCalled() throws IOException {
        var site = inventory.site(inventory.extension("#!/bin/sh\nrm \"$0\"\n", "prepare: true"));

        var operation = admin.done(inventory.deploy(site, Map.of()));

        failed(operation, "not-run", "entry.sh is missing");
    }

    @Test
    void aVmGoesToNoHostWhoseProgramHasNoInterpreter() throws IOException {
        var site = inventory.site(inventory.extension("#!/no/such/interpreter\n"));

        var operation = admin.done(inventory.deploy(site, Map.of()));

        failed(operation, "no-host", "/no/such/interpreter");
    }

    @Test
    void prepareThatAnswersNoJsonIsTriedAgainAndEndsInError() throws IOException {
        var site = inventory.site();
        var operation = admin.done(inventory.deploy(site, Map.of("answer_prepare", "<html>no</html>")));

        failed(operation, "unreadable-answer", "<html>no</html>");
        var vm = operation.path("vm").asText();
        assertThat(site.calls(vm)).containsExactly("prepare", "prepare");
        canBeDeleted(vm);
    }

    @Test
    void aHundredMegabytesAfterTheWorkWasDoneDoNoHarm() throws IOException {
        var site = inventory.site();
        var operation = admin.done(inventory.deploy(site, Map.of("fault_create", "flood:100")));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        var action = admin.action(operation.path("id").asText(), "deploy");
        assertThat(action.path("outputBytes").asLong()).isGreaterThan(50L << 20);
        assertThat(action.path("output").asText().length()).isLessThan(100_000);
        assertThat(action.path("notes").asText()).contains("too many to read as an answer");
    }

    @Test
    void aHundredMegabytesAreNoAnswerToPrepare() {
        var site = inventory.site();

        var operation = admin.done(inventory.deploy(site, Map.of("fault_prepare", "once:flood:100")));
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");

        var action = admin.actions(operation.path("id").asText()).get(0);
        assertThat(action.path("state").asText()).isEqualTo("FAILED");
        assertThat(action.path("error").path("code").asText()).isEqualTo("answer-too-large");
    }

    @Test
    void aVmWhoseCleanUpFailedCanBeDeletedLater() throws IOException {
        var site = inventory.site();
        var details = Map.of("fault_create", "die-after", "fault_stop", "exit:4", "fault_delete", "exit:5");
        var operation = admin.done(inventory.deploy(site, details));

        failed(operation, "died", "signal 9");
        var vm = operation.path("vm").asText();
        assertThat(site.effects(vm)).containsExactly("create");
        inventory.removeDetail(vm, "fault_delete");
        canBeDeleted(vm);
        assertThat(site.effects(vm)).containsExactly("create", "delete");
    }

    @Test
    void aVmWhoseDeploymentFailedCanBeDeployedAgain() throws IOException {
        var site = inventory.site();
        var vm = admin.done(inventory.deploy(site, Map.of("fault_create", "exit:3")))
                .path("vm")
                .asText();
        inventory.removeDetail(vm, "fault_create");

        var operation = inventory.ask("deploy", vm);

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
        assertThat(admin.vm(vm).has("stateReason")).isFalse();
        assertThat(site.effects(vm)).containsExactly("create");
    }

    private void failed(JsonNode operation, String code, String message) {
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("FAILED");
        assertThat(operation.path("error").path("code").asText()).startsWith(code);
        assertThat(operation.path("error").path("message").asText()).contains(message);
        var vm = admin.vm(operation.path("vm").asText());
        assertThat(vm.path("state").asText()).isEqualTo("Error");
        assertThat(vm.path("stateReason").asText()).contains(message);
    }

    private void canBeDeleted(String vm) {
        var operation = inventory.ask("delete", vm);
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Expunged");
    }
}
