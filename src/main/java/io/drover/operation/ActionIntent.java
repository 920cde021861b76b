package io.drover.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.Extension;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.Extensions;
import io.drover.extension.StreamUse;
import io.drover.extension.run.RunRequest;
import io.drover.extension.wire.Masking;
import io.drover.extension.wire.PayloadComposer;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import io.drover.node.ThisNode;
import io.drover.operation.ActionTargets.ActionTarget;
import io.drover.operation.CreateRepair.Due;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Turns a task's wish into an action and into what is needed to run it. */
@Component
class ActionIntent {
    private final CreateRepair repair;
    private final ActionTargets targets;
    private final Extensions extensions;
    private final ExtensionNodes nodes;
    private final PayloadComposer payloads;
    private final Vms vms;
    private final ActionProperties properties;
    private final ThisNode node;
    private final ObjectMapper json;
    private final Clock clock;

    ActionIntent(
            CreateRepair repair,
            ActionTargets targets,
            Extensions extensions,
            ExtensionNodes nodes,
            PayloadComposer payloads,
            Vms vms,
            ActionProperties properties,
            ThisNode node,
            ObjectMapper json,
            Clock clock) {
        this.repair = repair;
        this.targets = targets;
        this.extensions = extensions;
        this.nodes = nodes;
        this.payloads = payloads;
        this.vms = vms;
        this.properties = properties;
        this.node = node;
        this.json = json;
        this.clock = clock;
    }

    /** What the task wishes for, not yet on the record. */
    Dispatch of(TaskRequest task, Operation operation) {
        var id = UUID.randomUUID();
        var vm = vms.get(operation.vmId());
        var due = repair.due(task, vm.id());
        var target = due.host() == null ? targets.of(vm) : targets.on(due.host());
        var payload = payloads.compose(due.verb(), vm, target.target(), operation.requestedBy());
        var masking = masking(target.extension());
        var masked = masking.json(payload).toString();
        var action = action(id, task, due, operation, vm, target, masked);
        return dispatch(action, target, payload, masking).of(operation).elsewhere(target.elsewhere());
    }

    /** What is needed to run a recorded action that an earlier life of this server did not start, or did not see end. */
    Dispatch again(Action action, Operation operation) {
        var vm = vms.get(action.vmId());
        var target = action.hostId() == null ? targets.of(vm) : targets.on(action.hostId());
        var payload = payloads.compose(action.verb(), vm, target.target(), operation.requestedBy());
        var masking = masking(target.extension());
        masking.json(payload);
        boolean elsewhere = action.state() == ActionState.PENDING && target.elsewhere();
        return dispatch(action, target, payload, masking).of(operation).elsewhere(elsewhere);
    }

    /** The same with the files that are there now, not to be run when they must not be; for what has waited. */
    Dispatch current(Dispatch waited) {
        var action = waited.action();
        var request = waited.request();
        var extension = extensions.get(action.extensionId());
        if (request == null || (extension.managed() && action.digest() != null)) {
            return waited;
        }
        var readiness = nodes.here(extension);
        var reason = readiness.ready()
                ? null
                : "Extension '" + extension.name() + "' is not ready on this node: " + readiness.reason();
        if (reason == null && Objects.equals(action.digest(), readiness.digest())) {
            return waited;
        }
        var now = action.with(readiness.digest(), extension.entry().toString(), reason);
        return waited.with(now, reason == null ? request.with(extension.entry()) : null);
    }

    /** What is needed to conclude an action whose VM or extension is no longer what it was. */
    Dispatch withoutSecrets(Action action) {
        return new Dispatch(action, null, new Masking(json, Set.of()), false);
    }

    private Dispatch dispatch(Action action, ActionTarget target, ObjectNode payload, Masking masking) {
        var extension = nodes.atVersion(target.extension(), action.digest());
        var exact = extension.manifest().exactAnswers();
        if (action.notRunBecause() != null) {
            return new Dispatch(action, null, masking, exact);
        }
        var environment = Map.of(
                "DROVER_ATTEMPT", Integer.toString(action.attempt()),
                "TRACEPARENT", traceParent(action.operationId(), action.id()));
        var request = new RunRequest(
                action.id(),
                extension.entry(),
                action.wireVerb(),
                bytes(payload),
                action.timeout(),
                StreamUse.reopens(extension.directory(), action.digest()),
                environment);
        return new Dispatch(action, request, masking, exact);
    }

    private Action action(
            UUID id, TaskRequest task, Due due, Operation operation, Vm vm, ActionTarget target, String payload) {
        var extension = target.extension();
        return new Action(
                id,
                operation.id(),
                vm.id(),
                vm.name(),
                target.target().host(),
                due.verb(),
                extension.manifest().wireName(due.verb()),
                due.purpose(),
                ActionState.PENDING,
                task.attempt(),
                task.activityId(),
                task.activityName(),
                task.executionId(),
                task.activityInstanceId(),
                target.elsewhere() ? null : target.notRunBecause(),
                extension.id(),
                extension.name(),
                extension.entry().toString(),
                target.digest(),
                operation.requestedBy().name(),
                node.name(),
                timeout(task, due, extension),
                Instant.now(clock),
                null,
                null,
                null,
                null,
                payload,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Duration timeout(TaskRequest task, Due due, Extension extension) {
        var wished = due.purpose() == ActionPurpose.TASK ? task.timeout() : null;
        return extension.manifest().timeout(due.verb(), wished, properties.timeout());
    }

    private Masking masking(Extension extension) {
        return new Masking(json, extension.manifest().secretDetails());
    }

    private byte[] bytes(ObjectNode payload) {
        try {
            return json.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** W3C Trace Context: the operation is the trace, the action the span. */
    private static String traceParent(UUID operation, UUID action) {
        var trace = operation.toString().replace("-", "");
        var span = action.toString().replace("-", "").substring(0, 16);
        return "00-" + trace + "-" + span + "-01";
    }
}
