package io.drover.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write in diagrams works in the closed language as it does in the engine's own. */
@Tag("matrix")
class PeoplesDiagramTests {
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = new TestEngine();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${prepareWanted}                               | true",
                "${!prepareWanted}                              | false",
                "${not prepareWanted}                           | false",
                "#{prepareWanted}                               | true",
                "${vm == 'web-1'}                               | true",
                "${vm eq \"web-2\"}                             | false",
                "${vm != 'web-2' && prepareWanted}              | true",
                "${vm == 'web-2' or count gt 6}                 | true",
                "${count >= 7 and count < 8}                    | true",
                "${count * 2 + 1 == 15}                         | true",
                "${count % 2 == 1}                              | true",
                "${count - 10 < 0}                              | true",
                "${price > 9.5}                                 | true",
                "${empty nothing}                               | true",
                "${empty names}                                 | false",
                "${not empty vm}                                | true",
                "${nothing == null}                             | true",
                "${vm == 'web-1' ? true : false}                | true",
                "${names[0] == 'ann'}                           | true",
                "${names['1'] == 'bob'}                         | true",
                "${empty names[7]}                              | true",
                "${owner.name == 'ann'}                         | true",
                "${owner['name'] == 'bob'}                      | false",
                "${owner.address.town == 'Ulm'}                 | true",
                "${owner.tags[1] == 'b'}                        | true",
                "${empty owner.phone}                           | true",
                "${letters[0] == 'x'}                           | true",
                "${due > now()}                                 | false",
                "${due < now()}                                 | true",
                "${execution.processBusinessKey == 'key-1'}     | true",
                "${execution.currentActivityId == 'g'}          | true",
                "${'a' lt 'b'}                                  | true",
                "${true}                                        | true"
            })
    void conditionsDecide(String condition, boolean expected) {
        var text = condition.replace("&", "&amp;").replace("<", "&lt;");
        var instance = engine.run(
                AttackTests.flow("<conditionExpression xsi:type='tFormalExpression'>" + text + "</conditionExpression>")
                        .replace("id='g'/>", "id='g' default='f3'/>")
                        .replace(
                                "<userTask",
                                "<sequenceFlow id='f3' sourceRef='g' targetRef='e'/><userTask id='e'/><userTask"),
                variables());

        assertThat(task(instance).getTaskDefinitionKey()).isEqualTo(expected ? "t" : "e");
    }

    @Test
    void tasksAreNamedAndAssignedByVariables() {
        var instance = engine.run(
                AttackTests.task(
                        "userTask",
                        "name='Approve ${vm} (${count})' camunda:assignee='${names[0]}' camunda:candidateGroups='g,${vm}'"
                                + " camunda:priority='${count}' camunda:dueDate='${due}' camunda:followUpDate='${later}'",
                        "<documentation>For ${owner.name}</documentation>"),
                variables());

        var task = task(instance);
        assertThat(task.getName()).isEqualTo("Approve web-1 (7)");
        assertThat(task.getAssignee()).isEqualTo("ann");
        assertThat(task.getDescription()).isEqualTo("For ann");
        assertThat(task.getPriority()).isEqualTo(7);
        assertThat(task.getDueDate()).isEqualTo(variables().get("due"));
        assertThat(task.getFollowUpDate()).isNotNull();
        assertThat(tasks().getIdentityLinksForTask(task.getId()))
                .extracting(link -> link.getGroupId())
                .contains("g", "web-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeDuration | PT90S              | 90",
                "timeDuration | ${pause}           | 60",
                "timeDuration | PT${count}M        | 420",
                "timeDate     | ${soon}            | 600",
                "timeDate     | ${now()}           | 0",
                "timeCycle    | R3/${pause}        | 60"
            })
    void timersAreSetByVariables(String kind, String value, long seconds) {
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        var variables = variables();
        variables.put("soon", Date.from(now.plusSeconds(600)));

        var instance = engine.run(
                AttackTests.event(
                        "<timerEventDefinition><" + kind + ">" + value + "</" + kind + "></timerEventDefinition>"),
                variables);

        var job = engine.engine
                .getManagementService()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .singleResult();
        assertThat(job.getDuedate().toInstant()).isCloseTo(now.plusSeconds(seconds), within(Duration.ofSeconds(20)));
    }

    @Test
    void severalInstancesCountAndCarryTheirItem() {
        var instance = engine.run(
                AttackTests.task(
                        "userTask",
                        "name='${name}: ${loopCounter} of ${nrOfInstances}'",
                        AttackTests.loop(
                                "camunda:collection='${names}' camunda:elementVariable='name'",
                                "<completionCondition>${nrOfCompletedInstances/nrOfInstances >= 0.5}"
                                        + "</completionCondition>")),
                variables());

        var found =
                tasks().createTaskQuery().processInstanceId(instance.getId()).list();
        assertThat(found).extracting(Task::getName).containsExactlyInAnyOrder("ann: 0 of 2", "bob: 1 of 2");
        tasks().complete(found.get(0).getId());
        assertThat(tasks().createTaskQuery().processInstanceId(instance.getId()).count())
                .isZero();
    }

    @Test
    void inputsAreTextsListsAndMapsOfVariables() {
        var instance = engine.run(
                AttackTests.task(
                        "userTask",
                        "name='${told.to} ${told.at} ${both[1]}'",
                        AttackTests.extension("<camunda:inputOutput>"
                                + "<camunda:inputParameter name='told'><camunda:map>"
                                + "<camunda:entry key='to'>${vm}-x</camunda:entry><camunda:entry key='at'>8</camunda:entry>"
                                + "</camunda:map></camunda:inputParameter>"
                                + "<camunda:inputParameter name='both'><camunda:list><camunda:value>a</camunda:value>"
                                + "<camunda:value>${count}</camunda:value></camunda:list></camunda:inputParameter>"
                                + "</camunda:inputOutput>")),
                variables());

        assertThat(task(instance).getName()).isEqualTo("web-1-x 8 7");
    }

    @Test
    void beansRunAndCannotBeReplacedByVariables() {
        var before = engine.marks();
        var variables = variables();
        variables.put(TestEngine.BEAN, "something else");

        engine.run(AttackTests.task("serviceTask", "camunda:delegateExpression='${markVm}'", ""), variables);

        assertThat(engine.marks()).isEqualTo(before + 1);
    }

    @Test
    void formsHaveDefaultsTypesAndConstraints() {
        var field = "<camunda:formField id='%s' label='L' type='%s' defaultValue='%s'>%s</camunda:formField>";
        var instance = engine.run(
                AttackTests.task(
                        "userTask",
                        "",
                        AttackTests.extension("<camunda:formData>"
                                + field.formatted(
                                        "who",
                                        "string",
                                        "${vm}",
                                        "<camunda:validation><camunda:constraint name='required'/>"
                                                + "<camunda:constraint name='maxlength' config='5'/></camunda:validation>")
                                + field.formatted("size", "long", "4", "") + "</camunda:formData>")),
                variables());

        var forms = engine.engine.getFormService();
        var fields = forms.getTaskFormData(task(instance).getId()).getFormFields();
        assertThat(fields.get(0).getValue().getValue()).isEqualTo("web-1");
        forms.submitTaskForm(task(instance).getId(), Map.of("who", "bob", "size", "5"));
    }

    private static Map<String, Object> variables() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("prepareWanted", true);
        variables.put("vm", "web-1");
        variables.put("count", 7);
        variables.put("price", 9.75);
        variables.put("nothing", null);
        variables.put("pause", "PT1M");
        variables.put("due", new Date(1_000_000));
        variables.put("later", "2040-01-01T00:00:00");
        variables.put("names", List.of("ann", "bob"));
        variables.put("letters", new String[] {"x", "y"});
        variables.put(
                "owner",
                Map.of(
                        "name",
                        "ann",
                        "address",
                        Map.of("town", "Ulm"),
                        "tags",
                        new ArrayList<>(Arrays.asList("a", "b"))));
        return variables;
    }

    private static TaskService tasks() {
        return engine.engine.getTaskService();
    }

    private static Task task(ProcessInstance instance) {
        return tasks().createTaskQuery().processInstanceId(instance.getId()).singleResult();
    }
}
