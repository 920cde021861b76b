package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever would run code, fetch something or pass by Drover's rules, in every spelling and namespace that the engine reads. */
@Tag("matrix")
class AttackTests {
    private static final List<String> PREFIXES = List.of("camunda", "activiti");
    private static final List<String> SERVICES = List.of("serviceTask", "sendTask", "businessRuleTask");

    static List<String> attacks() {
        List<String> all = new ArrayList<>();
        for (var prefix : PREFIXES) {
            for (var service : services(prefix)) {
                for (var type : List.of(
                        "shell",
                        "Shell",
                        "SHELL",
                        "sHeLl",
                        "mail",
                        "Mail",
                        "camel",
                        "mule",
                        "External",
                        " external",
                        "",
                        "${t}")) {
                    all.add(service.replace("ATTRIBUTES", prefix + ":type='" + type + "' " + prefix + ":topic='t'"));
                }
                all.add(service.replace("ATTRIBUTES", prefix + ":class='java.lang.Object'"));
                for (var bean :
                        List.of("${foo}", "#{markVm}", "${ markVm }", "${environment}", "${markVm.x()}", "markVm")) {
                    all.add(service.replace("ATTRIBUTES", prefix + ":delegateExpression='" + bean + "'"));
                }
                for (var call : List.of(
                        "${execution.id}",
                        "${execution}",
                        "${execution.processInstance.id}",
                        "${now().time()}",
                        "${now(1)}",
                        "${task.name}",
                        "${x.y()}",
                        "${''.class}",
                        "#{f()}",
                        "${a:b(1)}",
                        "${x['class']()}")) {
                    all.add(service.replace("ATTRIBUTES", prefix + ":expression=\"" + call + "\""));
                }
            }
            all.addAll(ofExtensions(prefix));
            all.addAll(ofAttributes(prefix));
        }
        return all;
    }

    private static List<String> services(String prefix) {
        return Stream.concat(
                        SERVICES.stream().map(name -> "<bpmn:" + name + " id='x' ATTRIBUTES/>"),
                        Stream.of("endEvent", "intermediateThrowEvent")
                                .map(name -> "<bpmn:" + name
                                        + " id='x'><bpmn:messageEventDefinition ATTRIBUTES/></bpmn:" + name + ">"))
                .toList();
    }

    private static List<String> ofExtensions(String prefix) {
        var listener = "<P:%sListener event='%s' %s/>";
        var script = "<P:script scriptFormat='js'>1</P:script>";
        List<String> contents = new ArrayList<>();
        for (var how : List.of("class='a.B'", "delegateExpression='${markVm}'", "expression='${a}'")) {
            contents.add(listener.formatted("execution", "start", how));
            contents.add(listener.formatted("task", "create", how));
        }
        contents.add("<P:executionListener event='end'>" + script + "</P:executionListener>");
        contents.add("<P:taskListener event='timeout'>" + script + "</P:taskListener>");
        contents.add("<P:connector><P:connectorId>http-connector</P:connectorId></P:connector>");
        contents.add("<P:inputOutput><P:inputParameter name='a'>" + script + "</P:inputParameter></P:inputOutput>");
        contents.add("<P:inputOutput><P:outputParameter name='a'><P:list>" + script
                + "</P:list></P:outputParameter></P:inputOutput>");
        contents.add("<P:inputOutput><P:inputParameter name='a'><P:map><P:entry key='k'>" + script
                + "</P:entry></P:map></P:inputParameter></P:inputOutput>");
        contents.add("<P:inputOutput><P:inputParameter name='a'>${a.b()}</P:inputParameter></P:inputOutput>");
        contents.add("<P:formData><P:formField id='f' type='string'><P:validation>"
                + "<P:constraint name='validator' config='a.B'/></P:validation></P:formField></P:formData>");
        contents.add("<P:formData><P:formField id='f' type='string' defaultValue='${a.b()}'/></P:formData>");
        contents.add("<P:formProperty id='f' expression='${a.b()}'/>");
        contents.add("<P:field name='command' stringValue='id'/>");
        contents.add("<P:potentialStarter/>");
        contents.add("<P:unknown/>");
        return contents.stream()
                .map(content -> "<bpmn:userTask id='x'>" + Sketch.extension(content.replace("P:", prefix + ":"))
                        + "</bpmn:userTask>")
                .toList();
    }

    private static List<String> ofAttributes(String prefix) {
        return Stream.of(
                        "<bpmn:userTask id='x' P:formHandlerClass='a.B'/>",
                        "<bpmn:startEvent id='x' P:formHandlerClass='a.B'/>",
                        "<bpmn:startEvent id='x' P:formKey='embedded:app:form.html'/>",
                        "<bpmn:userTask id='x' P:formKey='http://example.com/form.html'/>",
                        "<bpmn:userTask id='x' P:formRef='f' P:formRefBinding='latest'/>",
                        "<bpmn:userTask id='x' P:assignee='${a.b()}'/>",
                        "<bpmn:userTask id='x' P:dueDate='${dateTime()}'/>",
                        "<bpmn:userTask id='x' name='${task.id}'/>",
                        "<bpmn:userTask id='x'><bpmn:documentation>${a.b()}</bpmn:documentation></bpmn:userTask>",
                        "<bpmn:callActivity id='x' calledElement='y' P:variableMappingClass='a.B'/>",
                        "<bpmn:callActivity id='x' calledElement='y' P:variableMappingDelegateExpression='${markVm}'/>",
                        "<bpmn:callActivity id='x' P:caseRef='y'/>",
                        "<bpmn:callActivity id='x' calledElement='y' P:calledElementTenantId='t'/>",
                        "<bpmn:callActivity id='x' calledElement='${a.b()}'/>",
                        "<bpmn:callActivity id='x' calledElement='vm-nope'/>",
                        "<bpmn:businessRuleTask id='x' P:decisionRef='d'/>",
                        "<bpmn:scriptTask id='x' scriptFormat='js'><bpmn:script>1</bpmn:script></bpmn:scriptTask>",
                        "<bpmn:scriptTask id='x' P:resource='deployment://a.js'/>",
                        "<bpmn:task id='x'/><bpmn:sequenceFlow id='f' sourceRef='x' targetRef='x'>"
                                + "<bpmn:conditionExpression P:resource='a.js'>${a}</bpmn:conditionExpression></bpmn:sequenceFlow>",
                        "<bpmn:task id='x'/><bpmn:sequenceFlow id='f' sourceRef='x' targetRef='x'><bpmn:conditionExpression"
                                + " language='js' xsi:type='bpmn:tFormalExpression'>${a}</bpmn:conditionExpression></bpmn:sequenceFlow>",
                        "<bpmn:intermediateCatchEvent id='x'><bpmn:conditionalEventDefinition><bpmn:condition language='js'"
                                + " xsi:type='bpmn:tFormalExpression'>${a}</bpmn:condition></bpmn:conditionalEventDefinition>"
                                + "</bpmn:intermediateCatchEvent>",
                        "<bpmn:intermediateCatchEvent id='x'><bpmn:timerEventDefinition><bpmn:timeDate>${a.b()}</bpmn:timeDate>"
                                + "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>",
                        "<bpmn:task id='x'><bpmn:multiInstanceLoopCharacteristics P:collection='${a.b()}'/></bpmn:task>",
                        "<bpmn:property id='x' P:srcExpr='${a}'/>")
                .map(attack -> attack.replace("P:", prefix + ":"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedWithElementAndLine(String attack) {
        assertThat(Sketch.check(Sketch.process("\n<bpmn:startEvent id='s'/>\n" + attack)))
                .anyMatch(fault -> fault.matches("line 7: [xf]: (?s).+"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedInASubprocess(String attack) {
        var inner = "<bpmn:subProcess id='sub'><bpmn:startEvent id='s'/>\n" + attack + "</bpmn:subProcess>";
        assertThat(Sketch.check(Sketch.process(inner))).anyMatch(fault -> fault.matches("line 6: [xf]: (?s).+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bpmn:import importType='http://schemas.xmlsoap.org/wsdl/' location='http://example.com/' namespace='n'/>",
                "<bpmn:message id='x' name='${a.b()}'/>",
                "<bpmn:signal id='x' name='${a.b()}'/>",
                "<bpmn:globalScriptTask id='x'/>",
                "<bpmn:choreography id='x'/>"
            })
    void isRefusedBesideTheProcess(String attack) {
        assertThat(Sketch.check(Sketch.file("<bpmn:process id='p' isExecutable='true'/>\n" + attack)))
                .anyMatch(fault -> fault.startsWith("line 6: "));
    }

    @Test
    void isRefusedBehindWhatIsAllowed() {
        for (var attributes :
                List.of("camunda:type='external' activiti:type='shell'", "activiti:type='external' camunda:type='x'")) {
            assertThat(Sketch.check(Sketch.process("<bpmn:serviceTask id='x' camunda:topic='t' " + attributes + "/>")))
                    .anyMatch(fault -> fault.contains("x: 'type' is given under two"));
        }
        for (var executable : List.of("isExecutable='false'", "")) {
            var other = "<bpmn:process id='o' %s><bpmn:serviceTask id='x' camunda:type='Shell'/></bpmn:process>"
                    .formatted(executable);
            assertThat(Sketch.check(Sketch.file("<bpmn:process id='p' isExecutable='true'/>" + other)))
                    .anyMatch(fault -> fault.contains("x: camunda:type=\"Shell\""));
        }
    }

    @Test
    void isToldWithoutEndAndInTime() {
        var many = Sketch.process("<bpmn:nope/>\n".repeat(200_000));
        assertThat(Sketch.check(many)).hasSize(1000);
    }

    @Test
    void isRefusedUnderTheOldestNamespace() {
        var fox = "<bpmn:userTask id='x'>" + Sketch.extension("<fox:taskListener class='a.B'/>") + "</bpmn:userTask>";
        assertThat(Sketch.check(Sketch.process(fox))).anyMatch(fault -> fault.contains("listeners are not called"));
        var formData = "<bpmn:userTask id='x'>" + Sketch.extension("<fox:formData/>") + "</bpmn:userTask>";
        assertThat(Sketch.check(Sketch.process(formData))).anyMatch(fault -> fault.contains("fox:formData"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "connector", "executionListener", "list", "errorEventDefinition", "serviceTask"})
    void isRefusedUnderANamespaceThatTheEngineDoesNotLookAt(String name) {
        var foreign = "<o:%s xmlns:o='urn:other'/>".formatted(name);
        for (var content : List.of(foreign, "<o:more xmlns:o='urn:other'>" + foreign + "</o:more>")) {
            assertThat(Sketch.check(Sketch.process("<bpmn:task id='x'>" + Sketch.extension(content) + "</bpmn:task>")))
                    .anyMatch(fault -> fault.contains("whosever"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.omg.org/spec/BPMN/20100524/DI",
                "http://www.omg.org/spec/DD/20100524/DC",
                "http://www.omg.org/spec/DD/20100524/DI"
            })
    void isRefusedUnderTheNamespaceOfADrawingThatIsNone(String namespace) {
        for (var name : List.of("script", "list", "Bounds", "BPMNDiagram")) {
            var drawn = "<d:%s xmlns:d='%s'/>".formatted(name, namespace);
            var within =
                    "<d:BPMNDiagram xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI'>" + drawn + "</d:BPMNDiagram>";
            var input =
                    "<camunda:inputOutput><camunda:inputParameter name='a'>HERE</camunda:inputParameter></camunda:inputOutput>";
            for (var content : List.of(drawn, within, input.replace("HERE", drawn), input.replace("HERE", within))) {
                assertThat(Sketch.check(
                                Sketch.process("<bpmn:task id='x'>" + Sketch.extension(content) + "</bpmn:task>")))
                        .as(content)
                        .anyMatch(fault -> fault.startsWith("line 5: x: The element 'd:"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xsi:noNamespaceSchemaLocation='http://example.com/x.xsd'",
                "xsi:schemaLocation='urn:other http://example.com/x.xsd'"
            })
    void namesNoSchemaToBeFetched(String hint) {
        assertThat(Sketch.check(Sketch.process("").replace("<bpmn:process", "<bpmn:process " + hint)))
                .anyMatch(fault -> fault.contains("nothing is fetched"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x SYSTEM 'http://example.com/x.dtd'><x/>",
                "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
                "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"
            })
    void hasNoDoctype(String xml) {
        assertThat(Sketch.check(xml)).containsExactly("line 1: A DOCTYPE is not allowed in a diagram; remove it");
    }

    @Test
    void isNeitherTooLargeNorTooDeep() {
        var deep = "<bpmn:subProcess>".repeat(10_000) + "</bpmn:subProcess>".repeat(10_000);
        assertThat(Sketch.check(Sketch.process(deep)))
                .singleElement()
                .asString()
                .contains("more than 100 deep");
        assertThat(Sketch.check(" ".repeat(5_000_001)))
                .singleElement()
                .asString()
                .contains("at most 5000000");
        var nested =
                "<bpmn:task id='x'/><bpmn:sequenceFlow id='f' sourceRef='x' targetRef='x'><bpmn:conditionExpression>${"
                        + "(".repeat(100_000) + "a" + ")".repeat(100_000)
                        + "}</bpmn:conditionExpression></bpmn:sequenceFlow>";
        assertThat(Sketch.check(Sketch.process(nested)))
                .anyMatch(fault -> fault.endsWith("is nested more than 50 deep"));
    }
}
