package io.drover.diagram;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine's extensions of BPMN that a diagram may have: where each attribute and element may be. */
final class ExtensionWords {

    /** {@code element: attributes}; {@code @node} is every task, event, gateway and subprocess. */
    private static final String ATTRIBUTES = """
            definitions: diagramRelationId
            process: historyTimeToLive versionTag isStartableInTasklist candidateStarterUsers candidateStarterGroups \
            jobPriority taskPriority diagramRelationId
            collaboration: diagramRelationId
            @node: asyncBefore asyncAfter async exclusive jobPriority modelerTemplate modelerTemplateVersion modelerTemplateIcon
            startEvent: initiator formKey
            userTask: assignee candidateUsers candidateGroups dueDate followUpDate priority formKey
            serviceTask: type topic taskPriority delegateExpression expression resultVariable resultVariableName
            sendTask: type topic taskPriority expression resultVariable resultVariableName
            businessRuleTask: type topic taskPriority expression resultVariable resultVariableName
            messageEventDefinition: type topic taskPriority expression resultVariable resultVariableName
            callActivity: calledElementBinding calledElementVersion calledElementVersionTag
            multiInstanceLoopCharacteristics: collection elementVariable asyncBefore asyncAfter async exclusive
            errorEventDefinition: errorCodeVariable errorMessageVariable
            escalationEventDefinition: escalationCodeVariable
            signalEventDefinition: async
            conditionalEventDefinition: variableName variableEvents
            error: errorMessage
            """;

    /** {@code element < elements around it: its attributes}; {@code !} are names of BPMN, through extensionElements. */
    private static final String ELEMENTS = """
            properties < !* formField: -
            property < properties: id name value
            inputOutput < !@node: -
            inputParameter < inputOutput: name
            outputParameter < inputOutput: name
            list < inputParameter outputParameter list entry: -
            map < inputParameter outputParameter list entry: -
            value < list formField formProperty: id name
            entry < map: key
            formData < !startEvent !userTask: businessKey
            formField < formData: id label type defaultValue datePattern
            validation < formField: -
            constraint < validation: name config
            formProperty < !startEvent !userTask: id name type default expression variable required readable writable datePattern
            field < !serviceTask: name stringValue expression
            string < field: -
            expression < field: -
            failedJobRetryTimeCycle < !@node !multiInstanceLoopCharacteristics: -
            in < !callActivity !signalEventDefinition: source sourceExpression target variables businessKey local
            out < !callActivity: source sourceExpression target variables local
            errorEventDefinition < !serviceTask: id errorRef expression
            """;

    private static final String NO_CLASSES = "classes are not loaded; a service task names what it does by "
            + "camunda:delegateExpression, one of " + DroverWords.delegateExpressions() + ", or is external";
    private static final String NO_DECISIONS =
            "there are no decision tables; decide by a gateway, a program or a worker";
    private static final String NO_SCRIPTS = BpmnWords.REFUSED.get("script") + "";
    private static final String NO_LISTENERS = "listeners are not called; put a service task there";

    /** Attributes that are refused wherever they are, for a reason worth telling. */
    static final Map<String, String> REFUSED_ATTRIBUTES = Map.ofEntries(
            Map.entry("class", NO_CLASSES),
            Map.entry("formHandlerClass", NO_CLASSES),
            Map.entry("variableMappingClass", NO_CLASSES),
            Map.entry("variableMappingDelegateExpression", "pass variables by camunda:in and camunda:out"),
            Map.entry("resource", NO_SCRIPTS),
            Map.entry("scriptFormat", NO_SCRIPTS),
            Map.entry("decisionRef", NO_DECISIONS),
            Map.entry("decisionRefBinding", NO_DECISIONS),
            Map.entry("decisionRefVersion", NO_DECISIONS),
            Map.entry("decisionRefVersionTag", NO_DECISIONS),
            Map.entry("decisionRefTenantId", NO_DECISIONS),
            Map.entry("mapDecisionResult", NO_DECISIONS),
            Map.entry("caseRef", "there are no cases; call a process by calledElement"),
            Map.entry("caseBinding", "there are no cases; call a process by calledElement"),
            Map.entry("caseVersion", "there are no cases; call a process by calledElement"),
            Map.entry("caseTenantId", "there are no cases; call a process by calledElement"),
            Map.entry("calledElementTenantId", "there are no tenants; remove it"),
            Map.entry("formRef", "forms in files are not served; put the fields into the diagram, as camunda:formData"),
            Map.entry("formRefBinding", "forms in files are not served; put the fields into the diagram"),
            Map.entry("formRefVersion", "forms in files are not served; put the fields into the diagram"));

    /** Elements that are refused wherever they are, for a reason worth telling. */
    static final Map<String, String> REFUSED_ELEMENTS = Map.of(
            "executionListener", NO_LISTENERS,
            "taskListener", NO_LISTENERS,
            "connector", "connectors are not called; let an extension or an external task do it",
            "script", NO_SCRIPTS,
            "potentialStarter", "only Admins start processes by hand; remove it");

    private static final Map<String, Set<String>> ATTRIBUTES_OF = lines(ATTRIBUTES)
            .collect(Collectors.toUnmodifiableMap(line -> line[0].strip(), line -> BpmnWords.words(line[1])));

    /** An element: around it may be one of these, and it may have those attributes. */
    record Word(List<String> around, Set<String> attributes) {}

    private static final Map<String, Word> WORDS = words();

    private ExtensionWords() {}

    /** The attributes that an element of BPMN may have. */
    static Set<String> attributesOf(Node element) {
        var allowed = new TreeSet<>(ATTRIBUTES_OF.getOrDefault(element.name(), Set.of()));
        if (BpmnWords.isFlowNode(element)) {
            allowed.addAll(ATTRIBUTES_OF.getOrDefault("@node", Set.of()));
        }
        return allowed;
    }

    static @Nullable Word element(String name) {
        return WORDS.get(name);
    }

    /** Every name of an element that the engine may look for, whosever it says it is. */
    static boolean isReadByTheEngine(String elementName) {
        return WORDS.containsKey(elementName)
                || REFUSED_ELEMENTS.containsKey(elementName)
                || BpmnWords.ALLOWED.contains(elementName)
                || BpmnWords.REFUSED.containsKey(elementName);
    }

    private static Map<String, Word> words() {
        Map<String, Word> words = new HashMap<>();
        lines(ELEMENTS).forEach(line -> {
            var head = line[0].split("<");
            var attributes = new HashSet<>(BpmnWords.words(line[1]));
            attributes.remove("-");
            words.put(head[0].strip(), new Word(List.of(head[1].strip().split("\\s+")), Set.copyOf(attributes)));
        });
        return Map.copyOf(words);
    }

    private static Stream<String[]> lines(String table) {
        return table.lines().map(line -> line.split(":"));
    }
}
