package io.drover.workflow;

import io.drover.inventory.Vms;
import io.drover.operation.OperationProgress;
import io.drover.operation.Operations;
import io.drover.operation.Placement;
import io.drover.operation.Placement.NoHostException;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Choose host": places the VM and tells whether its extension wants to prepare it; BPMN error {@code no-host}. */
@Component("chooseHost")
class ChooseHost implements JavaDelegate {
    private static final String NO_HOST = "no-host";

    private final Operations operations;
    private final OperationProgress progress;
    private final Placement placement;
    private final Vms vms;

    ChooseHost(Operations operations, OperationProgress progress, Placement placement, Vms vms) {
        this.operations = operations;
        this.progress = progress;
        this.placement = placement;
        this.vms = vms;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var operation = OperationKey.of(execution);
        var activity = execution.getCurrentActivityId();
        var name = ActivityName.of(execution);
        var vm = vms.get(operations.get(operation).vmId());
        try {
            var choice = placement.place(vm.id());
            var wanted = choice.extension().manifest().prepare() && !vm.deployed();
            ProcessVariables.set(execution, ProcessVariables.PREPARE_WANTED, wanted);
            var note = "Host " + choice.host().name() + ", extension "
                    + choice.extension().name();
            progress.stepDone(operation, activity, name, note);
        } catch (NoHostException e) {
            var why = String.valueOf(e.getMessage());
            progress.stepFailed(operation, activity, name, why);
            progress.failing(operation, NO_HOST, why);
            throw new BpmnError(NO_HOST, why);
        }
    }
}
