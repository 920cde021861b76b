package io.drover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What people change in the diagrams that come along. */
public final class DiagramEdits {
    private static final Pattern FIRST_FLOW = Pattern.compile(
            "(<bpmn:sequenceFlow id=\"\\w+\" sourceRef=\"(StartEvent_\\w+Requested)\" targetRef=\")(\\w+)\"");

    /** The diagrams. */
    public static final List<String> PROCESSES =
            List.of("vm-deploy", "vm-start", "vm-stop", "vm-reboot", "vm-status", "vm-delete", "vm-custom-action");

    private static final String TIMER =
            "<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT1H"
                    + "</bpmn:timeDuration></bpmn:timerEventDefinition>";

    private DiagramEdits() {}

    /** What is put on the way from the start, and what beside the process, each under a name. */
    public enum Addition {
        APPROVAL("<bpmn:userTask id=\"New\" name=\"Approve ${vm}\" camunda:candidateGroups=\"DomainAdmin\" />", ""),
        FORM(
                "<bpmn:userTask id=\"New\"><bpmn:extensionElements><camunda:formData><camunda:formField id=\"approved\""
                        + " label=\"Approved?\" type=\"boolean\" /></camunda:formData></bpmn:extensionElements></bpmn:userTask>",
                ""),
        TIMER_WAIT("<bpmn:intermediateCatchEvent id=\"New\">" + TIMER + "</bpmn:intermediateCatchEvent>", ""),
        PARALLEL_BRANCH(
                "<bpmn:parallelGateway id=\"New\" /><bpmn:userTask id=\"Notify\" name=\"Notify owner\" />"
                        + "<bpmn:endEvent id=\"Notified\" />" + flow("New", "Notify") + flow("Notify", "Notified"),
                ""),
        CALL_ACTIVITY(
                "<bpmn:callActivity id=\"New\" calledElement=\"prepare-network\"><bpmn:extensionElements>"
                        + "<camunda:in source=\"vm\" target=\"vm\" /></bpmn:extensionElements></bpmn:callActivity>",
                ""),
        MULTI_INSTANCE(
                "<bpmn:userTask id=\"New\"><bpmn:multiInstanceLoopCharacteristics camunda:collection=\"${owners}\""
                        + " camunda:elementVariable=\"owner\" /></bpmn:userTask>",
                ""),
        EVENT_SUBPROCESS(
                "<bpmn:task id=\"New\" /><bpmn:subProcess id=\"Late\" triggeredByEvent=\"true\"><bpmn:startEvent id=\"LateStart\""
                        + " isInterrupting=\"false\">" + TIMER + "</bpmn:startEvent><bpmn:userTask id=\"Look\" />"
                        + flow("LateStart", "Look") + "</bpmn:subProcess>",
                ""),
        MESSAGE_WAIT(
                "<bpmn:intermediateCatchEvent id=\"New\"><bpmn:messageEventDefinition messageRef=\"Message_New\" />"
                        + "</bpmn:intermediateCatchEvent>",
                "<bpmn:message id=\"Message_New\" name=\"go-on\" />"),
        EXTERNAL_TASK("<bpmn:serviceTask id=\"New\" camunda:type=\"external\" camunda:topic=\"register-dns\" />", ""),
        DECISION(
                "<bpmn:exclusiveGateway id=\"New\" default=\"Flow_New_\" /><bpmn:endEvent id=\"Refused\" />"
                        + flow("New", "Refused")
                                .replace(
                                        " />",
                                        "><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${not approved}"
                                                + "</bpmn:conditionExpression></bpmn:sequenceFlow>"),
                "");

        private final String onTheWay;
        private final String beside;

        Addition(String onTheWay, String beside) {
            this.onTheWay = onTheWay;
            this.beside = beside;
        }

        /** The diagram of a process with this in it. */
        public String to(String process) {
            var matcher = FIRST_FLOW.matcher(original(process));
            if (!matcher.find()) {
                throw new IllegalStateException("No flow from the start of " + process);
            }
            var next =
                    "<bpmn:sequenceFlow id=\"Flow_New_\" sourceRef=\"New\" targetRef=\"" + matcher.group(3) + "\" />";
            return matcher.replaceFirst("$1New\"")
                    .replace("</bpmn:process>", onTheWay + next + "</bpmn:process>" + beside);
        }
    }

    /** The diagram as it comes along. */
    public static String original(String process) {
        try {
            return Files.readString(Path.of("bpmn", process + ".bpmn"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String flow(String from, String to) {
        return "<bpmn:sequenceFlow id=\"Flow_%1$s_%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\" />".formatted(from, to);
    }
}
