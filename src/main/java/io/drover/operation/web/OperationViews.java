package io.drover.operation.web;

import io.drover.inventory.Vms;
import io.drover.operation.Action;
import io.drover.operation.Actions;
import io.drover.operation.Operation;
import io.drover.operation.OperationProgress;
import io.drover.operation.Operations;
import io.drover.operation.Step;
import io.drover.operation.web.OperationView.StepView;
import io.drover.page.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts operations and their steps into the form that clients see. */
@Component
class OperationViews {
    private final Vms vms;
    private final Actions actions;
    private final OperationProgress progress;
    private final Operations operations;

    OperationViews(Vms vms, Actions actions, OperationProgress progress, Operations operations) {
        this.vms = vms;
        this.actions = actions;
        this.progress = progress;
        this.operations = operations;
    }

    Page<OperationView> brief(Page<Operation> page) {
        var names = vms.names(page.items().stream().map(Operation::vmId).collect(Collectors.toSet()));
        return page.map(operation -> view(operation, String.valueOf(names.get(operation.vmId())), null));
    }

    /** With the state as it is after the steps were read, so that it does not lag behind them. */
    OperationView whole(Operation operation) {
        List<StepView> steps = new ArrayList<>();
        progress.steps(operation.id()).forEach(step -> steps.add(of(step)));
        actions.ofOperation(operation.id()).forEach(action -> steps.add(of(action)));
        steps.sort(Comparator.comparing(StepView::startedAt));
        return view(operations.get(operation.id()), vms.get(operation.vmId()).name(), steps);
    }

    private static OperationView view(Operation operation, String vmName, @Nullable List<StepView> steps) {
        return new OperationView(
                operation.id(),
                operation.verb(),
                operation.vmId(),
                vmName,
                operation.state(),
                operation.requestedBy().name(),
                operation.requestedAt(),
                operation.startedAt(),
                operation.endedAt(),
                operation.waitingFor(),
                operation.error(),
                operation.processInstanceId(),
                steps);
    }

    private static StepView of(Step step) {
        return new StepView(
                step.name(),
                step.activityId(),
                step.state(),
                null,
                null,
                null,
                step.startedAt(),
                step.endedAt(),
                step.note(),
                null);
    }

    private static StepView of(Action action) {
        return new StepView(
                action.activityName(),
                action.activityId(),
                action.state().name(),
                action.verb(),
                action.id(),
                action.attempt(),
                action.requestedAt(),
                action.endedAt(),
                action.notes(),
                action.error());
    }
}
