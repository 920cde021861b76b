package io.drover.operation;

import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import io.drover.inventory.life.StateTable;
import io.drover.inventory.life.Verb;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a VM may be said to run or to be stopped: only what was created, and was seen so or left so by a program. */
@Component
class Evidence {
    private final ActionRepository actions;
    private final PowerAnswer answers;
    private final VmGround ground;

    Evidence(ActionRepository actions, PowerAnswer answers, VmGround ground) {
        this.actions = actions;
        this.answers = answers;
        this.ground = ground;
    }

    /** What speaks against it; null when nothing does. */
    @Nullable
    String against(Operation operation, Vm vm, VmState claimed) {
        if (!vm.deployed()) {
            return "it was never created";
        }
        boolean supported = ground.of(operation.id()) == claimed
                || actions.ofOperation(operation.id()).stream().anyMatch(action -> supports(action, claimed));
        return supported ? null : "no program of this operation has made or seen it so";
    }

    /** What a custom action does to the VM's power is known to its diagram alone. */
    private boolean supports(Action action, VmState claimed) {
        if (action.state() != ActionState.SUCCEEDED) {
            return false;
        }
        return switch (Verb.of(action.verb())) {
            case CUSTOM_ACTION -> true;
            case STATUS -> answers.seen(action).power() == StateTable.powerOf(claimed);
            default -> false;
        };
    }
}
