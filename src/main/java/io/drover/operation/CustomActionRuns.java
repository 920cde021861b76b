package io.drover.operation;

import io.drover.extension.Extension;
import io.drover.extension.action.CustomAction;
import io.drover.extension.action.CustomActions;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Vm;
import io.drover.operation.CustomActionValues.Values;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out what a task needs that runs a custom action. */
@Component
class CustomActionRuns {
    private final CustomActions actions;
    private final CustomActionValues values;
    private final Details details;

    CustomActionRuns(CustomActions actions, CustomActionValues values, Details details) {
        this.actions = actions;
        this.values = values;
        this.details = details;
    }

    /** The task with the name of the operation's custom action, where that is what the task asks for. */
    static TaskRequest named(TaskRequest task, Operation operation) {
        if (!task.verb().equals(ActionDefinition.VERB)) {
            return task;
        }
        var call = operation.call();
        if (call == null) {
            throw new IllegalStateException("Task " + task.activityId()
                    + " runs the custom action that an operation was" + " asked for, and operation " + operation.id()
                    + " was asked for none; name the action instead");
        }
        return task.asking(call.action());
    }

    /** Null for a verb of the contract. What nobody has defined is run as it is. */
    @Nullable
    CustomActionRun of(String verb, Extension extension, Vm vm, Operation operation) {
        if (ExtensionManifest.VERBS.contains(verb)) {
            return null;
        }
        var known = actions.find(extension.id(), verb);
        var definition = known.map(CustomAction::definition).orElseGet(() -> ActionDefinition.undefined(verb));
        return new CustomActionRun(
                verb,
                values(verb, operation),
                known.map(action -> Duration.ofSeconds(definition.timeoutSeconds()))
                        .orElse(null),
                known.map(action -> details.of(DetailOwner.CUSTOM_ACTION, action.id()))
                        .orElse(Map.of()),
                messages(definition, extension, vm),
                whyNot(verb, known.orElse(null), operation));
    }

    private Values values(String verb, Operation operation) {
        var call = operation.call();
        return call != null && call.action().equals(verb) ? values.of(operation, call) : values.none();
    }

    private static CustomActionMessages messages(ActionDefinition definition, Extension extension, Vm vm) {
        return new CustomActionMessages(
                definition.message(true, extension.name(), vm.name()),
                definition.message(false, extension.name(), vm.name()),
                definition.secretFields());
    }

    private static @Nullable String whyNot(String verb, @Nullable CustomAction known, Operation operation) {
        if (known != null) {
            return known.enabled() ? null : "Custom action '" + verb + "' is disabled";
        }
        boolean asked = operation.call() != null && operation.call().action().equals(verb);
        return asked ? "Custom action '" + verb + "' has been removed" : null;
    }
}
