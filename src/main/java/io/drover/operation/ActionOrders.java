package io.drover.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.wire.DeclaredLevels;
import io.drover.extension.wire.DeclaredPayload;
import io.drover.extension.wire.Masking;
import io.drover.extension.wire.PayloadComposer;
import io.drover.inventory.DeclaredSecrets;
import io.drover.inventory.Vm;
import io.drover.operation.ActionTargets.ActionTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Composes what a program is told. */
@Component
class ActionOrders {
    private final PayloadComposer payloads;
    private final DeclaredLevels declared;
    private final CustomActionRuns customActions;
    private final DeclaredSecrets declaredSecrets;
    private final ObjectMapper json;

    ActionOrders(
            PayloadComposer payloads,
            DeclaredLevels declared,
            CustomActionRuns customActions,
            DeclaredSecrets declaredSecrets,
            ObjectMapper json) {
        this.declaredSecrets = declaredSecrets;
        this.payloads = payloads;
        this.declared = declared;
        this.customActions = customActions;
        this.json = json;
    }

    /**
     * What a program is told.
     *
     * @param payload with secrets
     * @param recorded the payload without them
     * @param masking knows them
     * @param custom null for a verb of the contract
     * @param undeclared why the extension's manifest forbids to ask it; null when it does not
     */
    record ActionOrder(
            ObjectNode payload,
            String recorded,
            Masking masking,
            @Nullable CustomActionRun custom,
            @Nullable String undeclared) {

        @Nullable
        CustomActionMessages messages() {
            return custom == null ? null : custom.messages();
        }

        /** Why the program must not be run now; null when it may. */
        @Nullable
        String notRunBecause() {
            return undeclared != null || custom == null ? undeclared : custom.notRunBecause();
        }
    }

    /** Knows all that is secret about the VM, whatever manifests say of it now. */
    private Masking masking(Vm vm, ActionTarget target) {
        var secrets = payloads.secrets(vm, target.target());
        var masking = new Masking(json, target.extension().manifest().secretDetails());
        masking.alsoInDetails(secrets.names());
        masking.alsoInDetails(declaredSecrets.names());
        masking.learn(secrets.values());
        return masking;
    }

    ActionOrder of(String verb, Vm vm, ActionTarget target, Operation operation) {
        var payload = payloads.compose(verb, vm, target.target(), operation.requestedBy());
        var undeclared = undeclared(payload, verb, vm, target);
        var masking = masking(vm, target);
        var custom = customActions.of(verb, target.extension(), vm, operation);
        var shown = custom == null ? payload : custom.addTo(payload, masking);
        return new ActionOrder(payload, masking.json(shown).toString(), masking, custom, undeclared);
    }

    private @Nullable String undeclared(ObjectNode payload, String verb, Vm vm, ActionTarget target) {
        var manifest = target.extension().manifest();
        var wrong = declared.check(payload, payloads.levels(vm, target.target()), verb, manifest);
        var missing = DeclaredPayload.complete(payload, verb, manifest);
        return wrong == null ? missing : wrong;
    }
}
