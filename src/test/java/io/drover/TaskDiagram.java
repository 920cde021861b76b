package io.drover;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A vm-status that asks a person first, and the tasks that come of it. */
final class TaskDiagram {
    private static final String GATE = "<exclusiveGateway id='Gate' default='F_No'/>"
            + "<serviceTask id='Mark' camunda:delegateExpression='${markVm}'><extensionElements>"
            + "<camunda:field name='state' stringValue='Error'/>"
            + "<camunda:field name='reason' expression='Not wanted by ${droverAnsweredBy}: ${droverComment}'/>"
            + "</extensionElements></serviceTask>"
            + "<endEvent id='Bad'><errorEventDefinition id='D_Bad' errorRef='Rejected'/></endEvent><endEvent id='Good'/>"
            + "<sequenceFlow id='F_Yes' sourceRef='Gate' targetRef='Good'><conditionExpression"
            + " xsi:type='tFormalExpression'>${approved}</conditionExpression></sequenceFlow>"
            + "<sequenceFlow id='F_No' sourceRef='Gate' targetRef='Mark'/>"
            + StatusDiagram.flow("Mark", "Bad")
            + "<startEvent id='Start'/>" + StatusDiagram.flow("Start", "Ask") + StatusDiagram.flow("Ask", "Gate");

    private final DroverClient admin;

    TaskDiagram(DroverClient admin) {
        this.admin = admin;
    }

    /**
     * Has vm-status ask.
     *
     * @param attributes of the user task
     * @param extensions of the user task
     */
    void asks(String attributes, String extensions) {
        load(
                StatusDiagram.of("<userTask id='Ask' name='May it?' " + attributes + "><extensionElements>" + extensions
                                + "</extensionElements></userTask>" + GATE)
                        .replace(
                                "<process ",
                                "<error id='Rejected' errorCode='rejected' camunda:errorMessage='No: ${droverComment}'/><process "));
    }

    static String fourEyes() {
        return "<camunda:properties><camunda:property name='fourEyes' value='true'/></camunda:properties>";
    }

    static String form(String... fields) {
        return "<camunda:formData>" + String.join("", fields) + "</camunda:formData>";
    }

    static String field(String name, String type, String inside) {
        return "<camunda:formField id='" + name + "' type='" + type + "'>" + inside + "</camunda:formField>";
    }

    static String constraint(String name, String config) {
        return "<camunda:validation><camunda:constraint name='" + name + "' config='" + config
                + "'/></camunda:validation>";
    }

    void restore() throws IOException {
        load(Files.readString(Path.of("bpmn/vm-status.bpmn")));
    }

    private void load(String diagram) {
        admin.send(
                        "PUT",
                        "/api/v1/processes/vm-status/diagram",
                        "application/xml",
                        diagram.getBytes(StandardCharsets.UTF_8))
                .expecting(200);
    }

    /** The open task of an operation. */
    JsonNode of(String operation) {
        return admin.get("/api/v1/tasks?operation=" + operation)
                .expecting(200)
                .path("items")
                .path(0);
    }
}
