package io.drover.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.extension.Extension;
import io.drover.extension.action.CustomAction;
import io.drover.extension.action.CustomActions;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.history.Subject;
import io.drover.inventory.ShortSecrets;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import io.drover.inventory.life.Verb;
import io.drover.operation.OperationProgress.Adoption;
import io.drover.problem.ProblemException;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Violation;
import io.drover.secret.SecretText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The custom actions that a VM's extension can be asked for. */
@Service
public class VmActions {
    private final Vms vms;
    private final ActionTargets targets;
    private final CustomActions actions;
    private final CustomActionValues values;
    private final OperationRequest request;
    private final ShortSecrets shortSecrets;

    VmActions(
            Vms vms,
            ActionTargets targets,
            CustomActions actions,
            CustomActionValues values,
            OperationRequest request,
            ShortSecrets shortSecrets) {
        this.shortSecrets = shortSecrets;
        this.vms = vms;
        this.targets = targets;
        this.actions = actions;
        this.values = values;
        this.request = request;
    }

    /** The enabled actions that the actor may run on the VM, by name; none while it has no extension. */
    public List<CustomAction> list(String vmReference, Actor actor) {
        return targets.extensionOf(vms.get(vmReference, actor))
                .map(extension -> actions.runnable(extension.id(), actor.role()))
                .orElse(List.of());
    }

    /**
     * Begins to run a custom action on a VM.
     *
     * @param given the parameters as JSON has them
     * @throws ProblemException when the actor does not reach the VM, it has no extension, the extension has no such action, it is
     *     disabled, the actor's role may not run it, a parameter is wrong, or an operation cannot be begun now
     */
    public Operation run(
            String vmReference, String action, Map<String, JsonNode> given, Actor actor, @Nullable IdempotencyKey key) {
        return request.once(ActionDefinition.VERB, actor, key, () -> {
            var vm = vms.get(vmReference, actor);
            return request.begin(Verb.CUSTOM_ACTION, vm, actor, key, asked(vm, action, given, actor), false);
        });
    }

    /**
     * Records an operation for a process that somebody started directly in the engine, after the same checks as {@link #run}.
     *
     * @throws ProblemException also when a parameter is secret, since the engine keeps variables in the open
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Adoption adopt(String vmReference, String action, Map<String, JsonNode> given, Actor actor) {
        var vm = vms.get(vmReference, actor);
        var asked = asked(vm, action, given, actor);
        if (asked.sealed() != null) {
            throw ProblemException.invalid(List.of(new Violation(
                    "/parameters",
                    "must not be secret here, where variables are kept in the open; ask for the action by"
                            + " POST /api/v1/vms/{vm}/actions/{action} instead",
                    null)));
        }
        return request.adopt(ActionDefinition.VERB, vm, actor, asked);
    }

    private AskedAction asked(Vm vm, String name, Map<String, JsonNode> given, Actor actor) {
        var extension = targets.of(vm).extension();
        var action = actions.find(extension.id(), name).orElseThrow(() -> unknown(extension, name, actor));
        if (!action.enabled()) {
            throw ProblemException.conflict("custom-action-disabled", "Custom action '" + name + "' is disabled");
        }
        if (!action.allows(actor.role())) {
            var allowed = action.definition().allowedRoleTypes().stream()
                    .sorted()
                    .map(RoleType::wireName)
                    .collect(Collectors.joining(", "));
            throw ProblemException.forbidden(
                    "Custom action '" + name + "' is for the roles " + allowed + ", not for " + actor.role());
        }
        var secretNames = extension.manifest().secretDetails();
        var asked = values.asked(action.definition(), given, secretNames);
        action.definition().parameters().stream()
                .filter(parameter -> parameter.secret(secretNames) && given.containsKey(parameter.name()))
                .filter(parameter ->
                        SecretText.isShort(given.get(parameter.name()).asText()))
                .forEach(parameter ->
                        shortSecrets.notice(new Subject("vm", vm.id(), vm.name()), "parameters/" + parameter.name()));
        return asked;
    }

    private ProblemException unknown(Extension extension, String name, Actor actor) {
        var others = actions.runnable(extension.id(), actor.role()).stream()
                .map(CustomAction::name)
                .collect(Collectors.joining(", "));
        return new ProblemException(
                Kind.NOT_FOUND,
                "custom-action-not-found",
                "Extension '" + extension.name() + "' has no custom action '" + name + "'; you may run "
                        + (others.isEmpty() ? "none" : others));
    }
}
