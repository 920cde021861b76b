package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a program, its action and its operation when something cuts in between. */
@Tag("matrix")
class InterruptionIT extends WholeApplication {
    /** The first reboot kills its supervisor and goes on. */
    private static final String DIES_ONCE = """

            if [ "$1" = reboot ] && [ ! -e "${0%/*}/../pid-of-first" ]; then
                echo $$ >"${0%/*}/../pid-of-first"; kill -9 $PPID; exec sleep 300
            fi
            """;

    private static final String REBOOT = "/api/v1/processes/vm-reboot/diagram";

    @AfterEach
    void restoreDiagram() throws IOException {
        load(Files.readString(Path.of("bpmn/vm-reboot.bpmn")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void deletingTheProcessEndsTheProgramAndThenTheOperation(String skipCustomListeners) throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        inventory.detail(vm, "fault_reboot", "hang-children");
        var operation = inventory.begin("reboot", vm).expecting(202).path("id").asText();
        await().until(() -> site.processes(vm).size() >= 6);
        var process = admin.operation(operation).path("processInstance").asText();

        var query = "?skipCustomListeners=" + skipCustomListeners;
        assertThat(admin.delete("/engine-rest/process-instance/" + process + query)
                        .status())
                .isEqualTo(204);

        var ended = admin.awaitEnd(operation);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("CANCELLED");
        assertThat(site.processes(vm)).noneMatch(Inventory::lives);
        assertThat(admin.action(operation, "reboot").path("state").asText()).isEqualTo("CANCELLED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Error");
        inventory.removeDetail(vm, "fault_reboot");
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aTimerOnATaskEndsItsProgramBeforeTheOperationEnds() throws IOException {
        load(withTimer(Files.readString(Path.of("bpmn/vm-reboot.bpmn"))));
        var site = inventory.site();
        var vm = inventory.running(site);
        inventory.detail(vm, "fault_reboot", "hang-children");

        var operation = inventory.ask("reboot", vm);

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(site.processes(vm)).isNotEmpty().noneMatch(Inventory::lives);
        assertThat(admin.action(operation.path("id").asText(), "reboot")
                        .path("state")
                        .asText())
                .isEqualTo("CANCELLED");
    }

    @Test
    void aProgramWhoseSupervisorIsKilledIsEndedBeforeItIsTriedAgain() throws IOException {
        var extension = inventory.extension(
                Inventory.simulator().replaceFirst("\n", Matcher.quoteReplacement(DIES_ONCE)), "prepare: true");
        var vm = inventory.running(inventory.site(extension));

        var operation = inventory.ask("reboot", vm);

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(admin.actions(operation.path("id").asText()))
                .extracting(action -> action.path("state").asText())
                .containsExactly("FAILED", "SUCCEEDED");
        var first = Files.readString(EXTENSIONS.resolve("pid-of-first")).strip();
        assertThat(Long.parseLong(first)).matches(pid -> !Inventory.lives(pid));
    }

    @RepeatedTest(12)
    void anAcceptedCancelIsKept() throws InterruptedException {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_stop", "0.1");
        inventory.detail(vm, "latency_delete", "0.5");
        var operation = inventory.begin("delete", vm).expecting(202).path("id").asText();
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(50, 250));

        var cancelled =
                admin.post("/api/v1/operations/" + operation + "/cancel").status();

        var ended = admin.awaitEnd(operation).path("state").asText();
        assertThat(ended).isEqualTo(cancelled == 200 ? "CANCELLED" : "SUCCEEDED");
    }

    private void load(String diagram) {
        assertThat(admin.send("PUT", REBOOT, "application/xml", diagram.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    /** The diagram with a timer on "Reboot VM" that leads on as if the reboot had been done. */
    private static String withTimer(String diagram) {
        var task = "attachedToRef=\"Task_RebootVm\"";
        assertThat(diagram).contains(task, "id=\"Task_MarkVmRunning\"");
        return diagram.replaceFirst("(?s)</bpmn:process>", """
                  <bpmn:boundaryEvent id="BoundaryEvent_TooLong" name="Too long" attachedToRef="Task_RebootVm">
                    <bpmn:timerEventDefinition>
                      <bpmn:timeDuration xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xsi:type="bpmn:tFormalExpression">PT1S</bpmn:timeDuration>
                    </bpmn:timerEventDefinition>
                  </bpmn:boundaryEvent>
                  <bpmn:sequenceFlow id="Flow_TooLong" sourceRef="BoundaryEvent_TooLong" targetRef="Task_MarkVmRunning" />
                </bpmn:process>""");
    }
}
