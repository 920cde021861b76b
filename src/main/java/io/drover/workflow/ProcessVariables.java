package io.drover.workflow;

import io.drover.inventory.Creation;
import io.drover.inventory.PowerState;
import io.drover.inventory.Vm;
import io.drover.inventory.life.StateTable;
import io.drover.inventory.life.StateTable.Situation;
import io.drover.inventory.life.Verb;
import io.drover.operation.Operation;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that diagrams can use. State lives in Drover's tables, not here. */
final class ProcessVariables {
    /** The VM's name, for people who look at the process; its name or id where a process is started by hand. */
    static final String VM = "vm";

    /** Whether the extension wants to prepare the VM before it is deployed. */
    static final String PREPARE_WANTED = "prepareWanted";

    /** Whether the VM may be running and so is stopped before it is deleted. */
    static final String RUNNING = "running";

    /** Whether there may be something of the VM outside, because it was created or may have been. */
    static final String CREATED = "created";

    /** The same, under the name that diagrams have used for it. */
    static final String PLACED = "placed";

    /** The name of the custom action that is run. */
    static final String ACTION = "action";

    /** The parameters of a custom action as JSON text, where its process is started by hand; gone once it has begun. */
    static final String PARAMETERS = "parameters";

    private ProcessVariables() {}

    /** What a process starts with, from the VM as it was before the operation. */
    static Map<String, Object> of(Operation operation, Vm vm) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(VM, vm.name());
        if (operation.call() != null) {
            variables.put(ACTION, operation.call().action());
        }
        if (operation.verb().equals("delete")) {
            var calls = StateTable.inForce()
                    .row(new Situation(vm.state(), vm.creation(), Verb.DELETE))
                    .calls();
            boolean created = vm.creation() != Creation.Never;
            variables.put(CREATED, created);
            variables.put(PLACED, created);
            variables.put(RUNNING, calls.contains(Verb.STOP) || created && vm.powerState() == PowerState.PowerOn);
        }
        return variables;
    }
}
