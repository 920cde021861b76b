package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A task that is held up goes on in the newest diagram whatever inputs and boundary events it has gained or lost there. */
@Tag("matrix")
class NewestVersionIT extends WholeApplication {
    private static final String BAD = "${wanted}";

    /** What a task has: the limit of its extension's time, what else is said of it, and what is on its boundary. */
    private enum Shape {
        PLAIN("PT31S", "", ""),
        INPUT("${limit}", input("PT32S"), ""),
        OTHER_INPUT("${limit}", input("PT33S"), ""),
        ERROR("PT34S", "", boundary("<errorEventDefinition/>")),
        LATE("PT35S", "", boundary("<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>")),
        FULL("${limit}", input("PT36S"), LATE.boundary + ERROR.boundary.replace("Edge", "Other")),
        SOON("PT37S", "", boundary("<timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition>"));

        private final String limit;
        private final String input;
        private final String boundary;

        Shape(String limit, String input, String boundary) {
            this.limit = limit;
            this.input = input;
            this.boundary = boundary;
        }

        private static String input(String value) {
            return "<camunda:inputOutput><camunda:inputParameter name='limit'>" + value
                    + "</camunda:inputParameter></camunda:inputOutput>";
        }

        private static String boundary(String event) {
            return "<boundaryEvent id='Edge' attachedToRef='Reboot'>" + event + "</boundaryEvent>"
                    + "<endEvent id='EdgeEnd'/>" + StatusDiagram.flow("Edge", "EdgeEnd");
        }

        int seconds() {
            return Integer.parseInt((limit + input).replaceAll("\\D", ""));
        }

        String diagram(String state) {
            var fields = StatusDiagram.field("verb", "reboot")
                    + StatusDiagram.field("retry", "R1/PT0S")
                    + StatusDiagram.field("timeout", limit).replace("camunda:string", tag(limit))
                    + input;
            var mark = StatusDiagram.field("state", state).replace("camunda:string", tag(state));
            return StatusDiagram.of(
                    "vm-reboot",
                    "<startEvent id='Start'/>"
                            + StatusDiagram.task("${extensionExecutor}", fields).replace("ID", "Reboot")
                            + StatusDiagram.task("${markVm}", mark).replace("ID", "Mark") + "<endEvent id='End'/>"
                            + StatusDiagram.flow("Start", "Reboot") + StatusDiagram.flow("Reboot", "Mark")
                            + StatusDiagram.flow("Mark", "End") + boundary);
        }

        private static String tag(String value) {
            return value.startsWith("$") ? "camunda:expression" : "camunda:string";
        }
    }

    private Inventory.Site site;
    private String vm;

    @BeforeEach
    void prepare() {
        site = inventory.site();
        vm = inventory.running(site);
    }

    @AfterEach
    void restore() throws IOException {
        load(Files.readString(Path.of("bpmn/vm-reboot.bpmn")));
    }

    static Stream<Arguments> changes() {
        return Arrays.stream(Shape.values())
                .filter(before -> before != Shape.SOON)
                .flatMap(before -> Arrays.stream(Shape.values())
                        .filter(after -> after != before && after != Shape.SOON)
                        .map(after -> Arguments.of(before, after)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void oneWhoseExtensionFailedBeginsAnewThere(Shape before, Shape after) throws IOException {
        load(before.diagram("Running"));
        var operation = failing();
        load(after.diagram("Running"));

        retry(operation);

        var ended = wentOn(operation);
        assertThat(limits(ended)).containsExactlyInAnyOrder(before.seconds(), after.seconds());
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, INPUT", "INPUT, PLAIN", "INPUT, OTHER_INPUT", "PLAIN, FULL", "FULL, PLAIN", "LATE, ERROR"})
    void oneWhoseExtensionIsDoneIsOnlyLeftThere(Shape before, Shape after) throws IOException {
        load(before.diagram(BAD));
        var operation = inventory.begin("reboot", vm).expecting(202).path("id").asText();
        admin.awaitWaiting(operation, "could not go on");
        load(after.diagram("Running"));

        retry(operation);

        assertThat(limits(wentOn(operation))).containsExactly(before.seconds());
    }

    @Test
    void oneThatCannotBeginThereTellsWhyAndGoesOnInTheNext() throws IOException {
        load(Shape.LATE.diagram("Running"));
        var operation = failing();
        load(Shape.INPUT.diagram("Running").replace("PT32S", BAD));
        retry(operation);
        admin.awaitWaiting(operation, "wanted");
        load(Shape.FULL.diagram("Running"));

        retry(operation);

        assertThat(limits(wentOn(operation))).containsExactlyInAnyOrder(Shape.LATE.seconds(), Shape.FULL.seconds());
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "FULL"})
    void oneThatWaitsToBeginThereCanBeCancelled(Shape before) throws IOException {
        load(before.diagram("Running"));
        var operation = failing();
        load(Shape.INPUT.diagram("Running").replace("PT32S", BAD));
        retry(operation);
        admin.awaitWaiting(operation, "wanted");

        admin.post("/api/v1/operations/" + operation + "/cancel").expecting(200);

        assertThat(admin.awaitEnd(operation).path("state").asText()).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "FULL"})
    void aTimerThatItHasThereRuns(Shape before) throws IOException {
        load(before.diagram("Running"));
        var operation = failing();
        inventory.detail(vm, "fault_reboot", "hang");
        load(Shape.SOON.diagram("Running").replace("PT37S", "PT38S"));

        retry(operation);

        var ended = admin.awaitEnd(operation);
        assertThat(ended.path("steps").toString()).as(ended.toString()).contains("Goes on in version");
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).as("the one that failed had its effect").containsExactly("create", "reboot");
    }

    private String failing() {
        inventory.detail(vm, "fault_reboot", "once:badjson");
        var operation = inventory.begin("reboot", vm).expecting(202).path("id").asText();
        admin.awaitWaiting(operation, "Do Reboot");
        return operation;
    }

    private void retry(String operation) {
        admin.post("/api/v1/operations/" + operation + "/retry").expecting(200);
    }

    private JsonNode wentOn(String operation) {
        var ended = admin.awaitEnd(operation);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("steps").toString()).contains("Goes on in version");
        assertThat(ended.path("steps").toString()).as(ended.toString()).doesNotContain("WAITING");
        return ended;
    }

    private List<Integer> limits(JsonNode operation) {
        var path = "/api/v1/actions?operation=" + operation.path("id").asText();
        return admin.get(path).expecting(200).path("items").findValues("timeoutSeconds").stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private void load(String diagram) {
        var path = "/api/v1/processes/vm-reboot/diagram";
        var answer = admin.send("PUT", path, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
