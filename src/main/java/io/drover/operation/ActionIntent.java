package io.drover.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.Extension;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.StreamUse;
import io.drover.extension.allowed.AllowedDirectories;
import io.drover.extension.run.RunRequest;
import io.drover.extension.wire.Masking;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import io.drover.node.ThisNode;
import io.drover.operation.ActionOrders.ActionOrder;
import io.drover.operation.ActionTargets.ActionTarget;
import io.drover.operation.CreateRepair.Due.Ask;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a task's wish into an action and into what is needed to run it. */
@Component
class ActionIntent {
    private final ActionTargets targets;
    private final ExtensionNodes nodes;
    private final ActionOrders orders;
    private final Vms vms;
    private final ActionProperties properties;
    private final AllowedDirectories directories;
    private final ThisNode node;
    private final ObjectMapper json;
    private final Clock clock;

    ActionIntent(
            ActionTargets targets,
            ExtensionNodes nodes,
            ActionOrders orders,
            Vms vms,
            ActionProperties properties,
            AllowedDirectories directories,
            ThisNode node,
            ObjectMapper json,
            Clock clock) {
        this.targets = targets;
        this.nodes = nodes;
        this.orders = orders;
        this.vms = vms;
        this.properties = properties;
        this.directories = directories;
        this.node = node;
        this.json = json;
        this.clock = clock;
    }

    /** What is due for the task, not yet on the record. */
    Dispatch of(TaskRequest task, Ask due, Operation operation) {
        var id = UUID.randomUUID();
        var vm = vms.get(operation.vmId());
        var target = due.host() == null ? targets.of(vm) : targets.on(due.host());
        var order = orders.of(due.verb(), vm, target, operation);
        var action = action(id, task, due, operation, vm, target, order);
        return dispatch(action, target, order).of(operation).elsewhere(target.elsewhere());
    }

    /** What is needed to run a recorded action that an earlier life of this server did not start, or did not see end. */
    Dispatch again(Action action, Operation operation) {
        var vm = vms.get(action.vmId());
        var target = action.hostId() == null ? targets.of(vm) : targets.on(action.hostId());
        boolean elsewhere = action.state() == ActionState.PENDING && target.elsewhere();
        return dispatch(action, target, orders.of(action.verb(), vm, target, operation))
                .of(operation)
                .elsewhere(elsewhere);
    }

    /** What is needed to conclude an action whose VM or extension is no longer what it was. */
    Dispatch withoutSecrets(Action action) {
        return new Dispatch(action, null, new Masking(json, Set.of()), false);
    }

    private Dispatch dispatch(Action action, ActionTarget target, ActionOrder order) {
        var extension = nodes.atVersion(target.extension(), action.digest());
        var exact = extension.manifest().exactAnswers();
        var request = action.notRunBecause() == null ? run(action, extension, order.payload()) : null;
        return new Dispatch(action, request, order.masking(), exact).telling(order.messages());
    }

    private RunRequest run(Action action, Extension extension, ObjectNode payload) {
        Map<String, String> environment = new HashMap<>(directories.environment());
        environment.put("DROVER_ATTEMPT", Integer.toString(action.attempt()));
        environment.put("TRACEPARENT", traceParent(action.operationId(), action.id()));
        return new RunRequest(
                action.id(),
                extension.entry(),
                action.wireVerb(),
                bytes(payload),
                action.timeout(),
                StreamUse.reopens(extension.directory(), action.digest()),
                environment);
    }

    private Action action(
            UUID id, TaskRequest task, Ask due, Operation operation, Vm vm, ActionTarget target, ActionOrder order) {
        var extension = target.extension();
        var refusal = target.elsewhere() ? null : target.notRunBecause();
        var notRunBecause = refusal != null ? refusal : order.notRunBecause();
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
                notRunBecause,
                extension.id(),
                extension.name(),
                extension.entry().toString(),
                target.digest(),
                operation.requestedBy().name(),
                node.name(),
                timeout(task, due, extension, order.custom()),
                Instant.now(clock),
                null,
                null,
                null,
                null,
                order.recorded(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Duration timeout(TaskRequest task, Ask due, Extension extension, @Nullable CustomActionRun custom) {
        var ofTask = due.purpose() == ActionPurpose.TASK ? task.timeout() : null;
        var wished = ofTask != null || custom == null ? ofTask : custom.timeout();
        return extension.manifest().timeout(due.verb(), wished, properties.timeout());
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
