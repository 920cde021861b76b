package io.drover.operation;

import io.drover.extension.Extensions;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.inventory.PowerState;
import io.drover.inventory.Vm;
import io.drover.inventory.VmCreations;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import io.drover.inventory.life.StateTable;
import io.drover.inventory.life.Verb;
import io.drover.operation.CreateRepair.Effect;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ground that an operation's VM stands on: the state that was true before, moved on by what each program has certainly
 * done. It is where the VM goes back to when the operation ends without having reached another state. A program of which
 * nobody knows what it did leaves the VM in {@code Error}; one that refused leaves it where it was.
 */
@Component
class VmGround {
    private final JdbcClient jdbc;
    private final CreateRepair repair;
    private final ActionHistory history;
    private final Extensions extensions;
    private final VmCreations creations;
    private final Vms vms;
    private final Clock clock;

    VmGround(
            JdbcClient jdbc,
            CreateRepair repair,
            ActionHistory history,
            Extensions extensions,
            VmCreations creations,
            Vms vms,
            Clock clock) {
        this.jdbc = jdbc;
        this.repair = repair;
        this.history = history;
        this.extensions = extensions;
        this.creations = creations;
        this.vms = vms;
        this.clock = clock;
    }

    /** @param vm as it is before the operation */
    void begin(UUID operation, Vm vm, boolean forced) {
        jdbc.sql("UPDATE operation SET ground = :ground, forced = :forced WHERE id = :id")
                .param("ground", StateTable.credible(vm.state(), vm.creation()).name())
                .param("forced", forced)
                .param("id", operation)
                .update();
    }

    /** The state that the VM goes back to. */
    VmState of(UUID operation) {
        return jdbc.sql("SELECT ground FROM operation WHERE id = :id")
                .param("id", operation)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single()
                .map(VmState::valueOf)
                .orElse(VmState.Error);
    }

    /** Whether the operation goes on whatever the extension says. */
    boolean isForced(UUID operation) {
        return jdbc.sql("SELECT forced FROM operation WHERE id = :id")
                .param("id", operation)
                .query(Boolean.class)
                .single();
    }

    /** Takes in what an action that has just ended has done. */
    void moved(Action action, ActionState state, Outcome outcome) {
        var verb = Verb.of(action.verb());
        var claimed = verb.claims();
        if (claimed == null && verb != Verb.PREPARE) {
            return;
        }
        var vm = vms.get(action.vmId());
        var effect = effect(action, outcome);
        boolean leaves = leavesSomething(action, outcome, effect);
        if (leaves) {
            history.leaves(action.id());
        }
        var creation = repair.after(action, state, vm.creation(), effect, leaves);
        creations.set(vm.id(), creation);
        if (claimed == null) {
            return;
        }
        if (effect == Effect.DONE && StateTable.credible(claimed, creation) == claimed) {
            stand(action.operationId(), claimed, vm, StateTable.powerOf(claimed));
        } else if (effect == Effect.UNKNOWN) {
            stand(action.operationId(), VmState.Error, vm, PowerState.PowerUnknown);
        }
    }

    private void stand(UUID operation, VmState ground, Vm vm, @Nullable PowerState power) {
        jdbc.sql("UPDATE operation SET ground = :ground WHERE id = :id")
                .param("ground", ground.name())
                .param("id", operation)
                .update();
        if (power != null) {
            vms.observePower(vm.id(), power, Instant.now(clock));
        }
    }

    private static Effect effect(Action action, Outcome outcome) {
        if (outcome instanceof Succeeded) {
            return Effect.DONE;
        }
        boolean none = outcome instanceof Refused
                || outcome instanceof Trouble trouble && CreateRepair.WITHOUT_EFFECT.contains(trouble.code())
                || action.notRunBecause() != null;
        return none ? Effect.NONE : Effect.UNKNOWN;
    }

    /** What a manifest declares goes for each creation that is refused, and for each preparation that is not. */
    private boolean leavesSomething(Action action, Outcome outcome, Effect effect) {
        if (outcome instanceof Trouble trouble && trouble.code().equals(Trouble.UNFINISHED)
                || outcome instanceof Refused refused && refused.leftovers()
                || outcome instanceof Succeeded succeeded && succeeded.leftovers()) {
            return true;
        }
        boolean declared =
                switch (Verb.of(action.verb())) {
                    case PREPARE -> effect != Effect.NONE;
                    case DEPLOY -> outcome instanceof Refused;
                    default -> false;
                };
        return declared && declaresLeftovers(action.extensionId());
    }

    private boolean declaresLeftovers(UUID extension) {
        try {
            return extensions.get(extension).manifest().leftovers();
        } catch (ProblemException e) {
            return false;
        }
    }
}
