package io.drover.operation;

import io.drover.extension.wire.PayloadComposer;
import io.drover.inventory.PatchRefusedException;
import io.drover.inventory.PatchReport;
import io.drover.inventory.PowerState;
import io.drover.inventory.VmCreations;
import io.drover.inventory.Vms;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies to the VM what extensions have answered. */
@Service
public class Answers {
    private final ActionRepository actions;
    private final OperationRepository operations;
    private final Vms vms;
    private final VmCreations creations;
    private final SealedPatches patches;
    private final PowerAnswer power;
    private final PayloadComposer payloads;
    private final ActionTargets targets;
    private final Clock clock;
    private final TransactionTemplate savepoint;

    Answers(
            ActionRepository actions,
            OperationRepository operations,
            Vms vms,
            VmCreations creations,
            SealedPatches patches,
            PowerAnswer power,
            PayloadComposer payloads,
            ActionTargets targets,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.actions = actions;
        this.operations = operations;
        this.vms = vms;
        this.creations = creations;
        this.patches = patches;
        this.power = power;
        this.payloads = payloads;
        this.targets = targets;
        this.clock = clock;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * Applies the patch that the operation's last prepare answered, whole or not at all, and notes on that action what was
     * applied and what was ignored. The patch is forgotten then.
     *
     * @return what was applied, in words
     * @throws PatchRefusedException when a value of the patch cannot be taken
     */
    public String applyPatch(UUID operationId) {
        var prepared = actions.latestSuccess(operationId, "prepare");
        var sealed = prepared.map(action -> actions.sealedAnswer(action.id()));
        if (sealed.isEmpty()) {
            return "Nothing to apply";
        }
        var action = prepared.orElseThrow();
        var operation = operations.find(operationId).orElseThrow();
        var vm = vms.get(operation.vmId());
        var open = patches.open(sealed.get());
        var sent = payloads.vmDetails(vm, targets.plainDetails(action.extensionId()));
        try {
            var report = savepoint.execute(status ->
                    vms.applyPatch(vm.id(), open.patch(), sent, open.secretDetails(), operation.requestedBy()));
            var notes = open.masking().text(words(java.util.Objects.requireNonNull(report)));
            actions.note(action.id(), notes);
            return notes;
        } catch (PatchRefusedException e) {
            var refusal = e.telling(open.masking()::text);
            actions.note(action.id(), "The patch was refused: " + refusal.getMessage());
            throw refusal;
        }
    }

    /** Records the power state that the operation's last status call answered; unknown words are PowerUnknown. */
    public PowerState recordPower(UUID operationId) {
        var latest = actions.latestSuccess(operationId, "status");
        var seen = power.power(latest.map(Action::answer).orElse(null));
        var vm = latest.map(Action::vmId)
                .orElseGet(() -> operations.find(operationId).orElseThrow().vmId());
        vms.observePower(vm, seen, Instant.now(clock));
        creations.note(
                vm, seen == PowerState.PowerUnknown ? latest.map(Action::notes).orElse(null) : null);
        return seen;
    }

    private static String words(PatchReport report) {
        var applied = report.applied().isEmpty() ? "Nothing changed" : String.join("\n", report.applied());
        return report.ignored().isEmpty() ? applied : applied + "\n" + String.join("\n", report.ignored());
    }
}
