package io.drover.operation.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.CurrentActor;
import io.drover.inventory.Vms;
import io.drover.operation.Action;
import io.drover.operation.ActionState;
import io.drover.operation.Actions;
import io.drover.operation.Backlog;
import io.drover.operation.Operation;
import io.drover.operation.OperationProgress;
import io.drover.operation.Operations;
import io.drover.operation.Step;
import io.drover.operation.web.OperationView.StepView;
import io.drover.page.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
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
    private final Backlog backlog;
    private final HiddenDetails hidden;
    private final CurrentActor current;
    private final JsonTexts json;

    OperationViews(
            Vms vms,
            Actions actions,
            OperationProgress progress,
            Operations operations,
            Backlog backlog,
            HiddenDetails hidden,
            CurrentActor current,
            JsonTexts json) {
        this.hidden = hidden;
        this.current = current;
        this.vms = vms;
        this.actions = actions;
        this.progress = progress;
        this.operations = operations;
        this.backlog = backlog;
        this.json = json;
    }

    Page<OperationView> brief(Page<Operation> page) {
        var names = vms.names(page.items().stream().map(Operation::vmId).collect(Collectors.toSet()));
        var shown = hidden.from(current.get().orElseThrow());
        return page.map(operation -> view(
                operation,
                String.valueOf(names.get(operation.vmId())),
                operation.waitingFor(),
                null,
                null,
                shown.words(operation.vmId(), List.of())));
    }

    /** With the state as it is after the steps were read, so that it does not lag behind them. */
    OperationView whole(Operation operation) {
        return whole(operation, actions.ofOperation(operation.id()), null);
    }

    /** The whole, and for an action that has not been started what it waits for. */
    OperationView explained(Operation operation) {
        var all = actions.ofOperation(operation.id());
        var reason = all.stream()
                .filter(action -> action.state() == ActionState.PENDING)
                .findFirst()
                .map(action -> backlog.waitingFor(operation, action))
                .orElse(null);
        return whole(operation, all, reason);
    }

    private OperationView whole(Operation operation, List<Action> read, @Nullable String reason) {
        List<StepView> steps = new ArrayList<>();
        var recorded = progress.steps(operation.id());
        var now = operations.get(operation.id());
        var all = upToDate(now, read);
        var words = hidden.from(current.get().orElseThrow()).words(operation.vmId(), all);
        recorded.forEach(step -> steps.add(of(step, words)));
        all.forEach(action -> steps.add(of(action.told(words))));
        steps.sort(Comparator.comparing(StepView::startedAt));
        var waitingFor = now.waitingFor() != null || now.state().ended() ? now.waitingFor() : reason;
        return view(now, vms.get(operation.vmId()).name(), waitingFor, steps, result(now, all, words), words);
    }

    /** What has ended shows how all its actions have. */
    private List<Action> upToDate(Operation now, List<Action> read) {
        boolean outdated = now.state().ended() && read.stream().anyMatch(action -> action.endedAt() == null);
        return outdated ? actions.ofOperation(now.id()) : read;
    }

    /** That of the last run of the custom action that was asked for. */
    private @Nullable JsonNode result(Operation operation, List<Action> all, UnaryOperator<String> words) {
        var call = operation.call();
        var last = all.stream()
                .filter(action -> call != null && action.verb().equals(call.action()))
                .reduce((earlier, later) -> later);
        return last.map(action -> json.tree(action.told(words).result())).orElse(null);
    }

    private OperationView view(
            Operation operation,
            String vmName,
            @Nullable String waitingFor,
            @Nullable List<StepView> steps,
            @Nullable JsonNode result,
            UnaryOperator<String> words) {
        var call = operation.call();
        var error = operation.error();
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
                waitingFor == null ? null : words.apply(waitingFor),
                call == null ? null : call.action(),
                call == null ? null : json.tree(call.parameters()),
                error == null ? null : error.told(words),
                result,
                operation.processInstanceId(),
                operation.businessKey(),
                steps);
    }

    private StepView of(Step step, UnaryOperator<String> words) {
        var answer = step.answer();
        return new StepView(
                step.name(),
                step.activityId(),
                step.state(),
                null,
                null,
                null,
                step.startedAt(),
                step.endedAt(),
                step.note() == null ? null : words.apply(step.note()),
                answer == null ? null : answer.by(),
                answer == null ? null : json.tree(words.apply(answer.variables())),
                answer == null || answer.comment() == null ? null : words.apply(answer.comment()),
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
                null,
                null,
                null,
                action.error());
    }
}
