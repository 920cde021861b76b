package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people draw is taken. */
class PeoplesDiagramTests {

    @Test
    void whatComesAlongIsTaken() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("bpmn"), "*.bpmn")) {
            for (var file : files) {
                assertThat(Diagrams.check(file.getFileName().toString(), Files.readAllBytes(file)))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${approved}",
                "#{approved}",
                "${approved == true}",
                "${!approved}",
                "${not approved and size > 4}",
                "${size >= 2 && size lt 8 || empty note}",
                "${(a + b) * 2 - c / 4 % 3 div 2 mod 5 != -1}",
                "${kind eq 'a}b'}",
                "${kind == \"it's\"}",
                "${kind == 'it\\'s'}",
                "${vm.size > 1.5e3}",
                "${list[0].name == 'x' ? a : b}",
                "${a ? b : c ? d : e}",
                "${grüße_1 ne null}",
                "${due < now()}",
                "${execution.processBusinessKey != 'a' && execution.currentActivityId == 'g'}",
                "${ approved }"
            })
    void aConditionIsTaken(String condition) {
        var escaped = condition.replace("&", "&amp;").replace("<", "&lt;");
        assertThat(Sketch.check(Sketch.process("""
                <bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g" default="no"/><bpmn:endEvent id="e"/>
                <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="g"/>
                <bpmn:sequenceFlow id="yes" name="${any | text" sourceRef="g" targetRef="e">
                  <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">%s</bpmn:conditionExpression>
                </bpmn:sequenceFlow>
                <bpmn:sequenceFlow id="no" sourceRef="g" targetRef="e"/>
                """.formatted(escaped)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<timeDuration>PT5M</timeDuration>",
                "<timeDuration>P1Y2M3DT4H5M6.5S</timeDuration>",
                "<timeDuration>${pause}</timeDuration>",
                "<timeDate>2027-01-31T08:00:00Z</timeDate>",
                "<timeDate>2027-01-31T08:00:00+01:00</timeDate>",
                "<timeDate>2027-01-31</timeDate>",
                "<timeDate>${when}</timeDate>",
                "<timeCycle>R3/PT10M</timeCycle>",
                "<timeCycle>R/2027-01-31T08:00:00/P1D</timeCycle>",
                "<timeCycle>0 0/5 * * * ?</timeCycle>"
            })
    void aTimerIsTaken(String timer) {
        assertThat(Sketch.check(Sketch.process("<bpmn:startEvent id='s'/><bpmn:intermediateCatchEvent id='t'>"
                        + "<bpmn:timerEventDefinition>"
                        + timer.replace("<t", "<bpmn:t").replace("</t", "</bpmn:t")
                        + "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
                        + "<bpmn:sequenceFlow id='f' sourceRef='s' targetRef='t'/>")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a person
                "<bpmn:userTask id='x' name='Approve ${vm}' camunda:assignee='${who}' camunda:candidateGroups='User,domain:/b'"
                        + " camunda:dueDate='${due}' camunda:followUpDate='2027-01-31T08:00:00' camunda:priority='50'"
                        + " camunda:formKey='approve'><bpmn:documentation>About ${vm}</bpmn:documentation></bpmn:userTask>",
                // a form
                "<bpmn:userTask id='x'><bpmn:extensionElements><camunda:formData businessKey='f'><camunda:formField id='f'"
                        + " label='Why?' type='enum' defaultValue='a'><camunda:properties><camunda:property id='p' value='v'/>"
                        + "</camunda:properties><camunda:validation><camunda:constraint name='required'/>"
                        + "<camunda:constraint name='maxlength' config='9'/></camunda:validation>"
                        + "<camunda:value id='a' name='A'/></camunda:formField></camunda:formData></bpmn:extensionElements></bpmn:userTask>",
                "<bpmn:userTask id='x'><bpmn:extensionElements><activiti:formProperty id='f' name='F' type='string'"
                        + " required='true'/></bpmn:extensionElements></bpmn:userTask>",
                // workers
                "<bpmn:serviceTask id='x' camunda:type='external' camunda:topic='t' camunda:taskPriority='5'><bpmn:extensionElements>"
                        + "<camunda:inputOutput><camunda:inputParameter name='a'>${b}</camunda:inputParameter>"
                        + "<camunda:inputParameter name='l'><camunda:list><camunda:value>1</camunda:value></camunda:list>"
                        + "</camunda:inputParameter><camunda:outputParameter name='m'><camunda:map><camunda:entry key='k'>v"
                        + "</camunda:entry></camunda:map></camunda:outputParameter></camunda:inputOutput>"
                        + "<camunda:failedJobRetryTimeCycle>R3/PT1M</camunda:failedJobRetryTimeCycle>"
                        + "<camunda:errorEventDefinition id='d' errorRef='E' expression='${failed}'/>"
                        + "</bpmn:extensionElements></bpmn:serviceTask>",
                "<bpmn:sendTask id='x' activiti:type='external' activiti:topic='${topic}'/>",
                "<bpmn:businessRuleTask id='x' camunda:type='external' camunda:topic='t' camunda:asyncBefore='true'/>",
                "<bpmn:intermediateThrowEvent id='x'><bpmn:messageEventDefinition messageRef='M' camunda:type='external'"
                        + " camunda:topic='t'/></bpmn:intermediateThrowEvent>",
                "<bpmn:serviceTask id='x' camunda:expression='${size * 2}' camunda:resultVariable='double'/>",
                // other processes
                "<bpmn:callActivity id='x' calledElement='prepare-network' camunda:calledElementBinding='latest'>"
                        + "<bpmn:extensionElements><camunda:in variables='all'/><camunda:in businessKey='#{execution.processBusinessKey}'/><camunda:in source='a' target='b'/>"
                        + "<camunda:in sourceExpression='${a + 1}' target='c'/><camunda:out source='d' target='e'/>"
                        + "</bpmn:extensionElements></bpmn:callActivity>",
                "<bpmn:callActivity id='x' calledElement='${which}'/>",
                // many times
                "<bpmn:userTask id='x'><bpmn:multiInstanceLoopCharacteristics isSequential='true' camunda:collection='hosts'"
                        + " camunda:elementVariable='host'><bpmn:completionCondition>${done}</bpmn:completionCondition>"
                        + "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>",
                "<bpmn:task id='x'><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality>"
                        + "</bpmn:multiInstanceLoopCharacteristics></bpmn:task>",
                // waits
                "<bpmn:receiveTask id='x' messageRef='M'/>",
                "<bpmn:intermediateCatchEvent id='x'><bpmn:messageEventDefinition messageRef='M'/></bpmn:intermediateCatchEvent>",
                "<bpmn:intermediateCatchEvent id='x'><bpmn:signalEventDefinition signalRef='S'/></bpmn:intermediateCatchEvent>",
                "<bpmn:intermediateCatchEvent id='x'><bpmn:conditionalEventDefinition camunda:variableName='a'>"
                        + "<bpmn:condition xsi:type='bpmn:tFormalExpression'>${a > 1}</bpmn:condition>"
                        + "</bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>",
                "<bpmn:subProcess id='x' triggeredByEvent='true'><bpmn:startEvent id='i' isInterrupting='false'>"
                        + "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
                        + "</bpmn:startEvent></bpmn:subProcess>",
                "<bpmn:subProcess id='x' triggeredByEvent='true'><bpmn:startEvent id='i'><bpmn:errorEventDefinition errorRef='E'"
                        + " camunda:errorCodeVariable='c' camunda:errorMessageVariable='m'/></bpmn:startEvent></bpmn:subProcess>",
                // drawings
                "<bpmn:laneSet id='ls'><bpmn:lane id='x' name='${not read'><bpmn:flowNodeRef>s</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>",
                "<bpmn:dataObjectReference id='r' dataObjectRef='x'/><bpmn:dataObject id='x'/>",
                "<bpmn:textAnnotation id='x'><bpmn:text>${free text, execution.x() and all</bpmn:text></bpmn:textAnnotation>"
                        + "<bpmn:association id='a' sourceRef='s' targetRef='x'/><bpmn:group id='g' categoryValueRef='cv'/>",
                "<bpmn:task id='x' camunda:modelerTemplate='t' camunda:modelerTemplateVersion='1'><bpmn:documentation>a ${b"
                        + "</bpmn:documentation><bpmn:extensionElements><camunda:properties><camunda:property name='n' value='${v.w()}'/>"
                        + "</camunda:properties></bpmn:extensionElements></bpmn:task>",
                "<bpmn:task id='x' xmlns:color='http://www.omg.org/spec/BPMN/non-normative/color/1.0' color:background-color='#fff'>"
                        + "<bpmn:extensionElements><v:meta xmlns:v='urn:vendor' key='k'><v:more/></v:meta></bpmn:extensionElements></bpmn:task>"
            })
    void isTaken(String element) {
        var roots = "<bpmn:error id='E' errorCode='e' camunda:errorMessage='m'/><bpmn:message id='M' name='m ${vm}'/>"
                + "<bpmn:signal id='S' name='s'/><bpmn:category id='c'><bpmn:categoryValue id='cv' value='v'/></bpmn:category>";
        assertThat(Sketch.check(Sketch.file("<bpmn:process id='p' isExecutable='true' camunda:historyTimeToLive='P30D'"
                        + " camunda:versionTag='1'>" + (element.contains("laneSet") ? element : "")
                        + "<bpmn:startEvent id='s'"
                        + " camunda:initiator='i'/>" + (element.contains("laneSet") ? "" : element) + "</bpmn:process>"
                        + roots)))
                .isEmpty();
    }

    @Test
    void poolsWithOneExecutableProcessAreTaken() {
        assertThat(Sketch.check(Sketch.file("""
                <bpmn:collaboration id="c"><bpmn:participant id="a" name="Us" processRef="p"/>
                <bpmn:participant id="b" name="Them" processRef="q"/><bpmn:participant id="d" name="Others"/>
                <bpmn:messageFlow id="m" sourceRef="b" targetRef="s"/></bpmn:collaboration>
                <bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/></bpmn:process>
                <bpmn:process id="q" isExecutable="false"><bpmn:serviceTask id="t"/></bpmn:process>
                """))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "errorRef='E' | must have an expression",
                "errorRef='E' expression='' | must have an expression",
                "errorRef='E' expression=' ' | must have an expression",
                "errorRef='Other' expression='${failed}' | names no error of the file"
            })
    void anErrorThatAWorkersTaskMayThrowIsToldWhole(String attributes, String why) {
        var task = "<bpmn:serviceTask id='x' camunda:type='external' camunda:topic='t'><bpmn:extensionElements>"
                + "<camunda:errorEventDefinition " + attributes + "/></bpmn:extensionElements></bpmn:serviceTask>";

        assertThat(Sketch.check(
                        Sketch.file("<bpmn:error id='E' errorCode='e'/><bpmn:process id='p' isExecutable='true'>"
                                + "<bpmn:startEvent id='s'/>" + task
                                + "<bpmn:sequenceFlow id='f' sourceRef='s' targetRef='x'/></bpmn:process>")))
                .anyMatch(fault -> fault.contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bpmn:task id='x'><bpmn:extensionElements><z:ioMapping xmlns:z='http://camunda.org/schema/zeebe/1.0'/>"
                        + "</bpmn:extensionElements></bpmn:task>",
                "<bpmn:task id='x' xmlns:z='http://camunda.org/schema/zeebe/1.0' z:modelerTemplate='t'/>",
                "<bpmn:task id='x' xmlns:m='http://camunda.org/schema/modeler/1.0' m:executionPlatform='Camunda Cloud'/>"
            })
    void aDiagramForCamunda8IsCalledThat(String element) {
        assertThat(Sketch.check(Sketch.process(element)))
                .singleElement()
                .asString()
                .contains("x: This is a Camunda 8 diagram");
    }

    @Test
    void aDiagramForAnotherEngineIsCalledThat() {
        assertThat(Sketch.check(
                        Sketch.process("<bpmn:userTask id='x' xmlns:f='http://flowable.org/bpmn' f:assignee='a'/>")))
                .singleElement()
                .asString()
                .contains("This is a diagram for Flowable");
    }
}
