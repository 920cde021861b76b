package io.drover.diagram;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Diagrams for tests, with only that in them which a test is about. */
final class Sketch {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fox="http://www.camunda.com/fox"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn">
            """;

    private Sketch() {}

    /** A file with this in its definitions. */
    static String file(String content) {
        return HEAD + content + "</bpmn:definitions>";
    }

    /** A process {@code p} with this in it. */
    static String process(String content) {
        return file("<bpmn:process id='p' isExecutable='true'>" + content + "</bpmn:process>");
    }

    /** A process with this id, whose elements these words describe: {@code start}, {@code a -> b}, or XML. */
    static String operation(String id, String... parts) {
        var content = new StringBuilder();
        int flows = 0;
        for (var part : parts) {
            var ends = part.split(" -> ");
            if (part.startsWith("<")) {
                content.append(part);
            } else {
                for (int i = 1; i < ends.length; i++) {
                    content.append("<bpmn:sequenceFlow id='f%d' sourceRef='%s' targetRef='%s'/>"
                            .formatted(flows++, ends[i - 1], ends[i]));
                }
            }
        }
        return file("<bpmn:process id='" + id + "' isExecutable='true'>" + content + "</bpmn:process>");
    }

    static String element(String kind, String id) {
        return "<bpmn:" + kind + " id='" + id + "'/>";
    }

    /** A task that asks the extension. */
    static String asks(String id, String verb) {
        return task(id, "extensionExecutor", "verb", verb);
    }

    static String marks(String id, String state) {
        return task(id, "markVm", "state", state);
    }

    /** One of Drover's tasks with fields by name and value. */
    static String task(String id, String bean, String... fields) {
        var text = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            text.append("<camunda:field name='%s'><camunda:string>%s</camunda:string></camunda:field>"
                    .formatted(fields[i], fields[i + 1]));
        }
        return "<bpmn:serviceTask id='" + id + "' camunda:delegateExpression='${" + bean + "}'>"
                + extension(text.toString()) + "</bpmn:serviceTask>";
    }

    static String extension(String content) {
        return "<bpmn:extensionElements>" + content + "</bpmn:extensionElements>";
    }

    static List<String> check(String xml) {
        return check("p.bpmn", xml);
    }

    static List<String> check(String file, String xml) {
        return Diagrams.check(file, xml.getBytes(StandardCharsets.UTF_8)).stream()
                .map(Fault::toString)
                .toList();
    }
}
