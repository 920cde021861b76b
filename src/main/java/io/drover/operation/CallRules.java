package io.drover.operation;

import io.drover.inventory.Creation;
import io.drover.inventory.Vm;
import io.drover.inventory.VmCreations;
import io.drover.inventory.Vms;
import io.drover.inventory.life.Verb;
import io.drover.operation.Actions.Intended;
import io.drover.operation.CreateRepair.Due;
import io.drover.operation.CreateRepair.Due.Ask;
import io.drover.problem.ProblemException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a task's wish leads to a call, and to which; a forced deletion goes on where no call can be made. */
@Component
class CallRules {
    private final CreateRepair repair;
    private final ActionTargets targets;
    private final VmGround ground;
    private final VmCreations creations;
    private final Vms vms;

    CallRules(CreateRepair repair, ActionTargets targets, VmGround ground, VmCreations creations, Vms vms) {
        this.repair = repair;
        this.targets = targets;
        this.ground = ground;
        this.creations = creations;
        this.vms = vms;
    }

    /** What is to be asked of the extension. */
    Ask ask(TaskRequest task, Operation operation) {
        return repair.due(task, vms.get(operation.vmId())) instanceof Ask ask
                ? ask
                : new Ask(task.verb(), ActionPurpose.TASK, null);
    }

    /** What the task gets without a call; empty when the extension is to be called. */
    Optional<Intended> answerWithoutCall(TaskRequest task, Operation operation) {
        var vm = vms.get(operation.vmId());
        var due = repair.due(task, vm);
        if (due instanceof Due.Nothing nothing) {
            if (Verb.of(task.verb()) == Verb.DELETE) {
                creations.set(vm.id(), Creation.Never);
            }
            return Optional.of(new Intended.SoAlready(nothing.why()));
        }
        boolean removes = Verb.of(task.verb()) == Verb.STOP || Verb.of(task.verb()) == Verb.DELETE;
        boolean forced = removes && ground.isForced(operation.id());
        if (due instanceof Due.Forbidden forbidden) {
            return Optional.of(
                    forced
                            ? new Intended.SoAlready(forbidden.why())
                            : new Intended.Forbidden(forbidden.code(), forbidden.why()));
        }
        return forced ? unreachable((Ask) due, vm) : Optional.empty();
    }

    private Optional<Intended> unreachable(Ask due, Vm vm) {
        try {
            var host = due.host();
            var target = host == null ? targets.of(vm) : targets.on(host);
            return Optional.ofNullable(target.elsewhere() ? null : target.notRunBecause())
                    .map(why -> new Intended.SoAlready("Not asked: " + why));
        } catch (ProblemException e) {
            return Optional.of(new Intended.SoAlready("Not asked: " + e.getMessage()));
        }
    }
}
