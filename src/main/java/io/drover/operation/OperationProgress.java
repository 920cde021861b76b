package io.drover.operation;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import io.drover.operation.Operation.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the process engine tells about an operation's way; every call joins the engine's transaction. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class OperationProgress {
    private static final Logger LOG = LoggerFactory.getLogger(OperationProgress.class);

    private final OperationRepository repository;
    private final StepRepository steps;
    private final OperationRequest request;
    private final ActionInterruption interruption;
    private final Vms vms;
    private final History history;
    private final Clock clock;

    OperationProgress(
            OperationRepository repository,
            StepRepository steps,
            OperationRequest request,
            ActionInterruption interruption,
            Vms vms,
            History history,
            Clock clock) {
        this.repository = repository;
        this.steps = steps;
        this.request = request;
        this.interruption = interruption;
        this.vms = vms;
        this.history = history;
        this.clock = clock;
    }

    /** The operation's process has been started. */
    public void begun(UUID operation, String processInstanceId) {
        repository.bind(operation, processInstanceId);
    }

    /**
     * Records an operation for a process that somebody started directly in the engine, after the same checks as
     * {@link Operations#request}.
     */
    public Adoption adopt(String verb, String vmReference, Actor actor) {
        Vm vm = vms.get(vmReference, actor);
        return new Adoption(request.adopt(verb, vm, actor, null), vm);
    }

    /**
     * An operation that began in the engine.
     *
     * @param vm as it was before the operation
     */
    public record Adoption(Operation operation, Vm vm) {}

    /** Something holds the operation up. */
    public void waiting(UUID operation, String reason) {
        repository.waiting(operation, reason);
    }

    /** What held the operation up is over. */
    public void running(UUID operation) {
        repository.running(operation, Instant.now(clock));
    }

    /** Remembers why the operation fails, or would fail if it ended now. The first reason stands. */
    public void failing(UUID operation, String code, String message) {
        var known = repository.find(operation).map(Operation::error);
        if (known.isEmpty()) {
            repository.failed(operation, new Failure(code, message));
        }
    }

    /** Like {@link #failing}, replacing an earlier reason: the latest attempt of one task counts. */
    public void failingAgain(UUID operation, String code, String message) {
        repository.failed(operation, new Failure(code, message));
    }

    /** An attempt after an incident has ended: what the incident was about no longer counts. */
    public void recovered(UUID operation) {
        repository.recovered(operation);
    }

    /** A step that calls no extension is done. */
    public void stepDone(UUID operation, String activity, String name, @Nullable String note) {
        steps.add(operation, activity, name, "DONE", note, Instant.now(clock));
    }

    /** A step that calls no extension has failed. */
    public void stepFailed(UUID operation, String activity, String name, String note) {
        steps.add(operation, activity, name, "FAILED", note, Instant.now(clock));
    }

    /** A person is asked. */
    public void personAsked(UUID operation, String activity, String name) {
        steps.add(operation, activity, name, "ACTIVE", null, Instant.now(clock));
        repository.waiting(operation, "Task for a person: " + name);
    }

    /** The person has answered, or is no longer asked. */
    public void personAnswered(UUID operation, String activity, @Nullable String note) {
        steps.end(operation, activity, "DONE", note, Instant.now(clock));
        running(operation);
    }

    /** The steps of the operation that call no extension, in order. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public List<Step> steps(UUID operation) {
        return steps.ofOperation(operation);
    }

    /**
     * The process has ended. The operation ends with it, or with the last of its programs if some still run; these are ended
     * now. A VM that was left between two states is in error. Does nothing the second time.
     */
    public void ended(UUID id, OperationState state) {
        var operation = repository.lock(id);
        if (operation.state().ended()) {
            return;
        }
        if (state == OperationState.FAILED && operation.error() == null) {
            repository.failed(id, new Failure("process-failed", "Its process ended without success"));
        }
        if (interruption.interrupt(id, null)) {
            repository.goal(id, operation.goal() == null ? state : operation.goal());
            repository.waiting(id, "Its process has ended; its program is being ended");
        } else {
            end(operation, state, Instant.now(clock));
        }
    }

    private void end(Operation operation, OperationState state, Instant now) {
        if (repository.end(operation.id(), state, now)) {
            conclude(
                    state == OperationState.SUCCEEDED
                            ? operation.succeeded(now)
                            : repository.find(operation.id()).orElseThrow());
        }
    }

    /** A task that waited for an action was left without its answer. */
    public void interrupted(UUID operation, String activityInstance) {
        interruption.interrupt(operation, activityInstance);
    }

    private void conclude(Operation ended) {
        settle(ended);
        LOG.info(
                "Operation {} ({}) has ended: {}{}",
                ended.id(),
                ended.verb(),
                ended.state(),
                ended.error() == null ? "" : ", " + ended.error().message());
        var body = new LinkedHashMap<String, Object>();
        body.put("verb", ended.verb());
        body.put("vm", ended.vmId());
        if (ended.call() != null) {
            body.put("customAction", ended.call().action());
        }
        if (ended.error() != null) {
            body.put("error", ended.error());
        }
        var kind = "operation." + ended.state().name().toLowerCase(Locale.ROOT);
        history.append(ended.requestedBy(), kind, OperationControl.subject(ended), Map.copyOf(body));
    }

    private void settle(Operation operation) {
        var error = operation.error();
        var reason = error == null
                ? "The process of " + operation.verb() + " ended without recording the VM's state"
                : error.message();
        vms.advance(operation.vmId(), Lifecycle.TRANSITIONAL, VmState.Error, reason);
    }
}
