package io.drover.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways of reaching code, in every place of a diagram that takes an expression: none does anything. */
@Tag("matrix")
class AttackTests {
    private static final String NAME = Canary.class.getName();

    /** What reaches for classes, the engine, Spring or Drover. */
    static final List<String> ATTACKS = List.of(
            "''.getClass().forName('" + NAME + "').getMethod('sing').invoke(null)",
            "''.class.forName('" + NAME + "').newInstance()",
            "''['class'].forName('" + NAME + "').newInstance()",
            "''[what].forName('" + NAME + "').newInstance()",
            "text.class",
            "text.bytes",
            "list.class",
            "list.stream().map(text)",
            "map.getClass()",
            "number.class.classLoader",
            "made.class",
            "made.sing()",
            "execution.class",
            "execution.processEngineServices",
            "execution.getProcessEngineServices().getRepositoryService()",
            "execution.processEngine",
            "execution.setVariable('x', 1)",
            "execution.parentId",
            "execution.variables",
            "execution['processEngineServices']",
            "task.execution",
            "task.name",
            "externalTask.topicName",
            "caseExecution.id",
            "authenticatedUserId",
            "markVm.class",
            "markVm.execute(execution)",
            "environment.systemProperties",
            "processEngine",
            "applicationContext",
            "currentUser()",
            "currentUserGroups()",
            "now().class",
            "now().getClass()",
            "dateTime()",
            "dateTime().plusDays(1)",
            "Runtime.getRuntime()",
            "System.exit(3)",
            "spin:JSON('{}')",
            "S('{}')");

    /** The places; @ stands for the expression's text within its braces. */
    static final List<String> PLACES = List.of(
            flow("<conditionExpression xsi:type='tFormalExpression'>${@}</conditionExpression>"),
            flow("<conditionExpression xsi:type='tFormalExpression'>#{@}</conditionExpression>"),
            flow("<conditionExpression xsi:type='tFormalExpression'>${true == (@)}</conditionExpression>"),
            task("serviceTask", "camunda:expression='${@}'", ""),
            task("serviceTask", "camunda:expression='${@}' camunda:resultVariable='got'", ""),
            task("serviceTask", "camunda:delegateExpression='${@}'", ""),
            task("serviceTask", "camunda:type='external' camunda:topic='a-${@}'", ""),
            task("sendTask", "camunda:expression='${@}'", ""),
            task("businessRuleTask", "camunda:expression='${@}'", ""),
            task("userTask", "name='For ${@}'", ""),
            task("userTask", "camunda:assignee='${@}'", ""),
            task("userTask", "camunda:candidateUsers='${@}'", ""),
            task("userTask", "camunda:candidateGroups='a,${@}'", ""),
            task("userTask", "camunda:dueDate='${@}'", ""),
            task("userTask", "camunda:followUpDate='${@}'", ""),
            task("userTask", "camunda:priority='${@}'", ""),
            task("userTask", "", "<documentation>${@}</documentation>"),
            task("userTask", "", extension("<camunda:taskListener event='create' expression='${@}'/>")),
            task("userTask", "", extension("<camunda:taskListener event='create' delegateExpression='${@}'/>")),
            task("userTask", "", extension("<camunda:executionListener event='start' expression='${@}'/>")),
            task("manualTask", "", extension("<camunda:executionListener event='end' delegateExpression='${@}'/>")),
            task("manualTask", "", input("${@}")),
            task("manualTask", "", input("<camunda:list><camunda:value>${@}</camunda:value></camunda:list>")),
            task("manualTask", "", input("<camunda:map><camunda:entry key='k'>${@}</camunda:entry></camunda:map>")),
            task(
                    "manualTask",
                    "",
                    extension("<camunda:inputOutput><camunda:outputParameter name='o'>${@}</camunda:outputParameter>"
                            + "</camunda:inputOutput>")),
            task("callActivity", "calledElement='${@}'", ""),
            task("manualTask", "", loop("camunda:collection='${@}' camunda:elementVariable='e'", "")),
            task("manualTask", "", loop("", "<loopCardinality>${@}</loopCardinality>")),
            task(
                    "manualTask",
                    "",
                    loop("", "<loopCardinality>2</loopCardinality><completionCondition>${@}</completionCondition>")),
            event("<timerEventDefinition><timeDuration>${@}</timeDuration></timerEventDefinition>"),
            event("<timerEventDefinition><timeDate>${@}</timeDate></timerEventDefinition>"),
            event("<timerEventDefinition><timeCycle>${@}</timeCycle></timerEventDefinition>"),
            event("<conditionalEventDefinition><condition xsi:type='tFormalExpression'>${@}</condition>"
                    + "</conditionalEventDefinition>"),
            "<message id='m' name='a-${@}'/>" + event("<messageEventDefinition messageRef='m'/>"),
            "<signal id='m' name='a-${@}'/>" + event("<signalEventDefinition signalRef='m'/>"));

    /** A place where the engine takes its default when the expression fails. */
    private static final String FORGIVING =
            task("serviceTask", "camunda:type='external' camunda:topic='t' camunda:taskPriority='${@}'", "");

    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = new TestEngine();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    static List<String> attacks() {
        return ATTACKS;
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void reachesNothingFromAnywhere(String attack) {
        for (var place : PLACES) {
            var sung = Canary.sung();
            var marks = engine.marks();

            var refusal = attacked(place, attack);

            assertThat(refusal).as(place).isNotNull();
            assertThat(refusal.getMessage()).as(place).isNotBlank().doesNotContain("NullPointerException");
            assertThat(Canary.sung()).as(place).isEqualTo(sung);
            assertThat(engine.marks()).as(place).isEqualTo(marks);
        }
        assertThat(engine.engine
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void reachesNothingWhereTheEngineForgives(String attack) {
        var sung = Canary.sung();
        var marks = engine.marks();

        attacked(FORGIVING, attack);

        assertThat(Canary.sung()).isEqualTo(sung);
        assertThat(engine.marks()).isEqualTo(marks);
        for (var left :
                engine.engine.getRuntimeService().createProcessInstanceQuery().list()) {
            engine.engine.getRuntimeService().deleteProcessInstance(left.getId(), "done");
        }
    }

    private static Throwable attacked(String place, String attack) {
        return catchThrowable(() -> engine.run(place.replace("@", attack.replace("'", "&apos;")), variables()));
    }

    @Test
    void saysWhatIsWrong() {
        assertRefused("vm.length()", "'length()' is called", "only now()");
        assertRefused("text.class", "'class' is asked of a text");
        assertRefused("execution.processEngine", "processBusinessKey");
        assertRefused("nobody", "There is no variable 'nobody' here");
        assertRefused("list.first", "'first' is asked of a list");
    }

    private static void assertRefused(String expression, String... why) {
        var variables = Map.<String, Object>of("vm", "web-1", "text", "t", "list", List.of(1));
        var refusal = catchThrowable(
                () -> engine.run(task("serviceTask", "camunda:expression='${" + expression + "}'", ""), variables));
        assertThat(refusal).hasMessageContainingAll(why).hasMessageContaining(expression);
    }

    private static Map<String, Object> variables() {
        return Map.of(
                "text",
                "t",
                "what",
                "class",
                "number",
                7,
                "list",
                List.of("a"),
                "map",
                Map.of("k", "v"),
                "made",
                new Date(0));
    }

    static String flow(String condition) {
        return "<process id='p' isExecutable='true'><startEvent id='s'/><exclusiveGateway id='g'/>"
                + "<sequenceFlow id='f1' sourceRef='s' targetRef='g'/><sequenceFlow id='f2' sourceRef='g' targetRef='t'>"
                + condition + "</sequenceFlow><userTask id='t'/></process>";
    }

    static String task(String kind, String attributes, String inside) {
        return "<process id='p' isExecutable='true'><startEvent id='s'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/>"
                + "<" + kind + " id='t' " + attributes + ">" + inside + "</" + kind + "></process>";
    }

    static String event(String definition) {
        return "<process id='p' isExecutable='true'><startEvent id='s'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/>"
                + "<intermediateCatchEvent id='t'>" + definition + "</intermediateCatchEvent></process>";
    }

    static String extension(String content) {
        return "<extensionElements>" + content + "</extensionElements>";
    }

    static String input(String value) {
        return extension("<camunda:inputOutput><camunda:inputParameter name='i'>" + value
                + "</camunda:inputParameter></camunda:inputOutput>");
    }

    static String loop(String attributes, String inside) {
        return "<multiInstanceLoopCharacteristics " + attributes + ">" + inside + "</multiInstanceLoopCharacteristics>";
    }
}
