package io.drover.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine makes no object of a class that a diagram or a variable names, and knows neither decisions nor cases. */
class NoClassesTests {
    private static final String NAME = Canary.class.getName();
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = new TestEngine();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    static List<String> diagrams() {
        return List.of(
                AttackTests.task("serviceTask", "camunda:class='" + NAME + "'", ""),
                AttackTests.task("sendTask", "camunda:class='" + NAME + "'", ""),
                AttackTests.task("businessRuleTask", "camunda:class='" + NAME + "'", ""),
                AttackTests.task("businessRuleTask", "camunda:decisionRef='d'", ""),
                AttackTests.task("scriptTask", "scriptFormat='juel'", "<script>${vm}</script>"),
                AttackTests.task("scriptTask", "scriptFormat='javascript'", "<script>1</script>"),
                AttackTests.task("callActivity", "camunda:caseRef='c'", ""),
                AttackTests.task("manualTask", "", listener("camunda:executionListener event='start'")),
                AttackTests.task("userTask", "", listener("camunda:taskListener event='create'")),
                AttackTests.task("userTask", "", constraint("validator", NAME)),
                AttackTests.task("userTask", "", constraint("validator", "${markVm}")),
                AttackTests.task("userTask", "", constraint("unknown", "1")),
                AttackTests.task("userTask", "", form("other")),
                AttackTests.task(
                        "manualTask",
                        "",
                        AttackTests.input("<camunda:script scriptFormat='juel'>${vm}</camunda:script>")));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void nothingIsMadeForADiagram(String diagram) {
        var sung = Canary.sung();

        var refusal = catchThrowable(() -> engine.run(diagram, Map.of("vm", "web-1")));

        assertThat(refusal).isNotNull();
        assertThat(Canary.sung()).isEqualTo(sung);
    }

    @Test
    void aVariableGivenInJavasOwnFormIsNotTaken() {
        var given = Variables.serializedObjectValue("rO0ABXA=")
                .serializationDataFormat("application/x-java-serialized-object")
                .objectTypeName(NAME)
                .create();

        var refusal = catchThrowable(() -> engine.run(AttackTests.task("userTask", "", ""), new HashMap<>(Map.of("x", given))));

        assertThat(refusal).hasMessageContaining("serializ");
    }

    @Test
    void noTypeIsReadFromAVariable() {
        var configuration = (ProcessEngineConfigurationImpl) engine.engine.getProcessEngineConfiguration();

        assertThat(configuration.isDeserializationTypeValidationEnabled()).isTrue();
        assertThat(configuration.getDeserializationTypeValidator().validate("java.lang.String"))
                .isFalse();
    }

    @Test
    void decisionsAndCasesAreNotLoaded() {
        var repository = engine.engine.getRepositoryService();
        repository
                .createDeployment()
                .addString(
                        "d.dmn",
                        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' name='d' namespace='n'>"
                                + "<decision id='d' name='d'><literalExpression><text>1</text></literalExpression>"
                                + "</decision></definitions>")
                .addString(
                        "c.cmmn",
                        "<definitions xmlns='http://www.omg.org/spec/CMMN/20151109/MODEL' targetNamespace='n'>"
                                + "<case id='c'><casePlanModel id='m'/></case></definitions>")
                .deploy();

        assertThat(repository.createDecisionDefinitionQuery().count()).isZero();
        assertThat(repository.createCaseDefinitionQuery().count()).isZero();
    }

    private static String listener(String kind) {
        return AttackTests.extension("<" + kind + " class='" + NAME + "'/>");
    }

    private static String constraint(String name, String value) {
        return AttackTests.extension("<camunda:formData><camunda:formField id='f' type='string'><camunda:validation>"
                + "<camunda:constraint name='" + name + "' config='" + value + "'/></camunda:validation>"
                + "</camunda:formField></camunda:formData>");
    }

    private static String form(String type) {
        return AttackTests.extension(
                "<camunda:formData><camunda:formField id='f' type='" + type + "'/></camunda:formData>");
    }
}
