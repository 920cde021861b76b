package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a task for a person names is checked before anybody waits for them. */
class PersonTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "candidateGroups | owners | names 'owners', which is no group; a group is one of [Admin, ResourceAdmin,",
                "candidateGroups | DomainAdmin, admins | names 'admins'",
                "candidateGroups | domainadmin | names 'domainadmin'",
                "candidateGroups | Worker | names 'Worker'",
                "candidateGroups | /sales | or domain: and a path, e.g. domain:/sales",
                "candidateGroups | domain:sales | names 'domain:sales'",
                "candidateGroups | domain:/sales/ | names 'domain:/sales/'",
                "candidateGroups | ${group},owners | names 'owners'",
                "candidateGroups | ${a.b()} | calls the method 'b'",
                "candidateUsers | an na | names 'an na', which is no name of an account",
                "candidateUsers | anna,ber/t | names 'ber/t'",
                "assignee | -anna | names '-anna'",
            })
    void whoCannotBeIsTold(String attribute, String value, String why) {
        assertThat(inTask(" camunda:" + attribute + "=\"" + value + "\"", ""))
                .anyMatch(fault -> fault.matches("line \\d+: x: .*") && fault.contains(why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "candidateGroups | Admin,ResourceAdmin, DomainAdmin,User",
                "candidateGroups | domain:/, domain:/sales/emea",
                "candidateGroups | ${group}, User",
                "candidateGroups | ${small ? 'User' : 'Admin'}",
                "candidateUsers | anna, bert.x",
                "candidateUsers | ${approver}",
                "assignee | anna"
            })
    void whoCanBeIsTaken(String attribute, String value) {
        assertThat(inTask(" camunda:" + attribute + "=\"" + value + "\"", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "humanPerformer | ber/t | names 'ber/t', which is no name",
                "potentialOwner | owners | names 'owners', which is no group",
                "potentialOwner | group(owners), user(anna) | names 'owners'",
                "potentialOwner | user(ber/t) | names 'ber/t', which is no name"
            })
    void whoIsNamedInBpmnsOwnWayIsCheckedToo(String element, String value, String why) {
        assertThat(inTask("", resource(element, value))).anyMatch(fault -> fault.contains(why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"humanPerformer | anna", "potentialOwner | DomainAdmin, user(anna), group(domain:/sales)"})
    void whoIsNamedRightlyInBpmnsOwnWayIsTaken(String element, String value) {
        assertThat(inTask("", resource(element, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fourEyes | yes | is 'yes'; it must be true",
                "fourEyes | ${a} | it must be true",
                "foureyes | true | it must be spelled fourEyes",
                "four-eyes | true | it must be spelled fourEyes",
                "4eyes | true | it must be spelled fourEyes"
            })
    void fourEyesAreAskedForInOneWay(String name, String value, String why) {
        assertThat(inTask("", property(name, value))).anyMatch(fault -> fault.contains(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void fourEyesAreTaken(String value) {
        assertThat(inTask("", property("fourEyes", value))).isEmpty();
        assertThat(inTask("", property("colour", "green"))).isEmpty();
    }

    @Test
    void fourEyesElsewhereAreRefused() {
        assertThat(faults("<bpmn:manualTask id='x'>" + property("fourEyes", "true") + "</bpmn:manualTask>"))
                .anyMatch(fault -> fault.contains("on user tasks only"));
    }

    private static String property(String name, String value) {
        return "<bpmn:extensionElements><camunda:properties><camunda:property name='" + name + "' value='" + value
                + "'/></camunda:properties></bpmn:extensionElements>";
    }

    private static String resource(String element, String value) {
        return "<bpmn:" + element + "><bpmn:resourceAssignmentExpression><bpmn:formalExpression>" + value
                + "</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:" + element + ">";
    }

    private static List<String> inTask(String attributes, String inside) {
        return faults("<bpmn:userTask id='x'" + attributes + ">" + inside + "</bpmn:userTask>");
    }

    private static List<String> faults(String content) {
        return Diagrams.check("p.bpmn", Sketch.process(content).getBytes(StandardCharsets.UTF_8)).stream()
                .map(Fault::toString)
                .toList();
    }
}
