package io.drover.diagram;

import java.util.Map;
import java.util.Set;

/** The elements of BPMN that a diagram may have. */
final class BpmnWords {
    static final Set<String> ALLOWED = words("""
            definitions process extensionElements documentation collaboration participant participantMultiplicity messageFlow
            laneSet lane flowNodeRef childLaneSet sequenceFlow incoming outgoing association group category categoryValue
            textAnnotation text

            startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent
            timerEventDefinition messageEventDefinition signalEventDefinition errorEventDefinition escalationEventDefinition
            conditionalEventDefinition linkEventDefinition compensateEventDefinition cancelEventDefinition
            terminateEventDefinition timeDate timeCycle timeDuration condition conditionExpression source target

            task serviceTask sendTask receiveTask userTask manualTask businessRuleTask callActivity subProcess transaction
            exclusiveGateway parallelGateway inclusiveGateway eventBasedGateway
            multiInstanceLoopCharacteristics loopCardinality loopDataInputRef loopDataOutputRef inputDataItem outputDataItem
            completionCondition

            dataObject dataObjectReference dataStore dataStoreReference dataState property ioSpecification ioBinding
            dataInput dataOutput inputSet outputSet dataInputRefs dataOutputRefs optionalInputRefs optionalOutputRefs
            whileExecutingInputRefs whileExecutingOutputRefs inputSetRefs outputSetRefs
            dataInputAssociation dataOutputAssociation sourceRef targetRef assignment from to

            message signal error escalation itemDefinition interface operation inMessageRef outMessageRef errorRef operationRef
            auditing monitoring resource resourceRole resourceRef resourceAssignmentExpression performer humanPerformer
            potentialOwner expression formalExpression rendering participantRef interfaceRef supportedInterfaceRef
            """);

    /** Elements of BPMN that are refused for a reason worth telling. */
    static final Map<String, String> REFUSED = Map.of(
            "scriptTask",
            "scripts are not run; let an extension's custom action or an external task do it",
            "script",
            "scripts are not run; let an extension's custom action or an external task do it",
            "import",
            "nothing is fetched from elsewhere; remove it",
            "complexGateway",
            "the engine does not run it; use an exclusive, parallel or inclusive gateway",
            "adHocSubProcess",
            "the engine does not run it; use a subprocess",
            "standardLoopCharacteristics",
            "the engine does not repeat it; use a gateway that leads back, or multi-instance");

    /** What a token can be at. */
    static final Set<String> EVENTS =
            words("startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent");

    static final Set<String> TASKS =
            words("task serviceTask sendTask receiveTask userTask manualTask businessRuleTask callActivity");

    static final Set<String> SCOPES = words("process subProcess transaction");

    static final Set<String> GATEWAYS = words("exclusiveGateway parallelGateway inclusiveGateway eventBasedGateway");

    /** Refused, but what flows lead to and from for all that. */
    private static final Set<String> UNABLE = words("scriptTask complexGateway adHocSubProcess");

    /** What the engine can be told to do by an attribute: a bean, a worker, an expression. */
    static final Set<String> SERVICES = words("serviceTask sendTask businessRuleTask messageEventDefinition");

    /** Expressions by their place: the engine evaluates the text of these. */
    static final Set<String> EXPRESSIONS = words("""
            condition conditionExpression timeDate timeCycle timeDuration loopCardinality completionCondition
            loopDataInputRef expression formalExpression from to source target""");

    private BpmnWords() {}

    static boolean isFlowNode(Node node) {
        return node.isBpmn() && isFlowNode(node.name());
    }

    static boolean isFlowNode(String name) {
        return EVENTS.contains(name)
                || TASKS.contains(name)
                || GATEWAYS.contains(name)
                || SCOPES.contains(name) && !name.equals("process")
                || UNABLE.contains(name);
    }

    static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
