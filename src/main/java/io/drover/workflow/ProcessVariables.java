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
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;

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

    /** That a way of the process has reached an end that is no error; kept, since other ways may end in later commands. */
    static final String GOAL = "droverGoal";

    /** Who has asked for the operation, once its process has come to a task for a person. */
    static final String REQUESTED_BY = "droverRequestedBy";

    /** Who has answered the last task for a person. */
    static final String ANSWERED_BY = "droverAnsweredBy";

    /** What was said with that answer, empty for nothing. */
    static final String COMMENT = "droverComment";

    /** Begins the names of variables that Drover keeps for itself in every operation. */
    private static final String PREFIX = "drover";

    /** What each operation's process has of Drover's, besides {@link #VM} and {@link #PREPARE_WANTED}. */
    private static final Map<String, Set<String>> OWN =
            Map.of("vm-custom-action", Set.of(ACTION), "vm-delete", Set.of(CREATED, PLACED, RUNNING));

    private static final Set<String> EVERYWHERE = Set.of(VM, PREPARE_WANTED);

    private ProcessVariables() {}

    /** Whether only Drover sets the variable in processes of this key. */
    static boolean isOwn(String process, String name) {
        return OperationListeners.isOperation(process)
                && (EVERYWHERE.contains(name)
                        || name.startsWith(PREFIX)
                        || OWN.getOrDefault(process, Set.of()).contains(name));
    }

    /** Whether there is any process in which only Drover sets the variable. */
    static boolean mayBeOwn(String name) {
        return EVERYWHERE.contains(name)
                || name.startsWith(PREFIX)
                || OWN.values().stream().anyMatch(names -> names.contains(name));
    }

    /** Sets a variable of Drover's own. */
    static void set(DelegateExecution execution, String name, Object value) {
        execution.setVariable(name, value);
        CommandNotes.current().variable(execution.getProcessInstanceId(), name, value);
    }

    /** Owns up to the variables that a process was started with by Drover itself. */
    static void claim(DelegateExecution execution) {
        execution.getVariables().forEach((name, value) -> CommandNotes.current()
                .variable(execution.getProcessInstanceId(), name, value));
    }

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
