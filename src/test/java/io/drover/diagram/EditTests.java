package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DiagramEdits;
import io.drover.DiagramEdits.Addition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change that people make to each diagram that comes along: taken, or found with the element it is in. */
class EditTests {

    /** What is replaced, by what, and what is said of it. */
    private static final List<List<String>> MISTAKES = List.of(
            List.of(">R\\d/PT\\dS<", ">5<", "e.g. R3/PT10S"),
            List.of(">R\\d/PT\\dS<", ">R3/10S<", "e.g. R3/PT10S"),
            List.of(">(incident|error)<", ">errror<", "one of [incident, error]"),
            List.of(
                    "<camunda:field name=\"verb\">\\s*<camunda:string>[a-z-]+</camunda:string>\\s*</camunda:field>",
                    "",
                    "'verb' is missing"),
            List.of("(?<=name=\"verb\">\\s{0,20}<camunda:string>)[a-z-]+", "create", "is 'create'"),
            List.of("(?<=name=\"verb\">\\s{0,20}<camunda:string>)[a-z-]+", "Stop", "is 'Stop'"),
            List.of("name=\"verb\"", "name=\"Verb\"", "has no field 'Verb'"),
            List.of("name=\"retry\"", "name=\"retries\"", "has no field 'retries'"),
            List.of("name=\"retry\"", "name=\"timeout\"", "e.g. PT5M"),
            List.of(">(Running|Stopped|Error|Expunged)<", ">running<", "one of [Allocated"),
            List.of(">Power\\w+<", ">on<", "one of [PowerOn"),
            List.of("\\$\\{extensionExecutor\\}", "\\${foo}", "${markVm}"),
            List.of(
                    "camunda:delegateExpression=\"\\$\\{extensionExecutor\\}\"",
                    "camunda:type=\"Shell\"",
                    "only type is external"),
            List.of("camunda:delegateExpression=\"\\$\\{extensionExecutor\\}\"", "", "does not say what it does"),
            List.of(" isExecutable=\"true\"", "", "is not executable"),
            List.of("historyTimeToLive=\"P30D\"", "historyTimeToLive=\"long\"", "must be days"),
            List.of("id=\"(vm-[a-z-]+)\"", "id=\"$1-2\"", "file's name"),
            List.of("errorRef=\"\\w+\"", "errorRef=\"Nope\"", "names no error"),
            List.of("attachedToRef=\"\\w+\"", "attachedToRef=\"Nope\"", "attachedToRef=\"Nope\""),
            List.of("targetRef=\"\\w+\"", "targetRef=\"Nope\"", "names no element"),
            List.of(">\\$\\{\\w+\\}<", ">placed<", "must be one expression"),
            List.of(">\\$\\{(\\w+)\\}<", ">\\${$1.get(1)}<", "calls the method 'get'"),
            List.of(">\\$\\{(\\w+)\\}<", ">\\${$1<", "has no }"));

    static Stream<Arguments> additions() {
        return DiagramEdits.PROCESSES.stream()
                .flatMap(process -> Stream.of(Addition.values()).map(addition -> Arguments.of(process, addition)));
    }

    static Stream<Arguments> mistakes() {
        return DiagramEdits.PROCESSES.stream().flatMap(process -> MISTAKES.stream()
                .filter(mistake -> !edited(process, mistake).equals(DiagramEdits.original(process)))
                .map(mistake -> Arguments.of(process, mistake)));
    }

    @ParameterizedTest
    @MethodSource("additions")
    void isTaken(String process, Addition addition) {
        assertThat(Sketch.check(process + ".bpmn", addition.to(process))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFound(String process, List<String> mistake) {
        assertThat(Sketch.check(process + ".bpmn", edited(process, mistake)))
                .anyMatch(fault -> fault.matches("line \\d+: \\S+: .*") && fault.contains(mistake.get(2)));
    }

    private static String edited(String process, List<String> mistake) {
        return DiagramEdits.original(process).replaceFirst(mistake.get(0), mistake.get(1));
    }
}
