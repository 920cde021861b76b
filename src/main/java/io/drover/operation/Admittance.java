package io.drover.operation;

import io.drover.inventory.Creation;
import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import io.drover.inventory.life.StateTable;
import io.drover.inventory.life.Verb;
import io.drover.problem.ProblemException;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Refuses what a VM cannot be asked as it is, by the table of states. */
@Component
class Admittance {
    private final StateTable table = StateTable.inForce();

    /** @throws ProblemException {@code vm-deployed}, {@code vm-not-deployed}, {@code wrong-vm-state} */
    void check(Verb verb, Vm vm) {
        if (!table.admits(vm, verb)) {
            throw refusal(verb, vm);
        }
    }

    ProblemException refusal(Verb verb, Vm vm) {
        var states = table.from(verb, vm.creation());
        if (!states.isEmpty() || vm.state() == VmState.Expunged) {
            return wrongState(verb, vm);
        }
        return vm.deployed()
                ? ProblemException.conflict("vm-deployed", "VM '" + vm.name() + "' has been deployed; start it instead")
                : ProblemException.conflict("vm-not-deployed", notDeployed(vm));
    }

    private static String notDeployed(Vm vm) {
        return vm.creation() == Creation.Never
                ? "VM '" + vm.name() + "' has never been deployed; deploy it instead"
                : "Nobody knows whether VM '" + vm.name() + "' has been created; deploy it again, or delete it";
    }

    private ProblemException wrongState(Verb verb, Vm vm) {
        var wanted = table.from(verb, vm.creation()).stream()
                .filter(state -> state != vm.state() && StateTable.credible(state, vm.creation()) == state)
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(", "));
        var power = StateTable.powerOf(vm.state()) == vm.powerState() ? ", its power was last seen so" : "";
        return ProblemException.conflict(
                        "wrong-vm-state",
                        "VM '" + vm.name() + "' is " + vm.state() + power + "; " + verb.word() + " needs one of "
                                + wanted)
                .with("state", vm.state());
    }
}
