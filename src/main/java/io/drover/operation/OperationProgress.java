package io.drover.operation;

import io.drover.access.Actor;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import io.drover.operation.Operation.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the process engine tells about an operation's way; every call joins the engine's transaction. What depends on all that
 * holds an operation up locks the operation first, so that two branches do not overlook each other.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class OperationProgress {
    private final OperationRepository repository;
    private final StepRepository steps;
    private final WaitRepository waits;
    private final OperationRequest request;
    private final ActionInterruption interruption;
    private final VmGround ground;
    private final VmMarks marks;
    private final OperationFailures failures;
    private final Vms vms;
    private final OperationEndings endings;
    private final Clock clock;

    OperationProgress(
            OperationRepository repository,
            StepRepository steps,
            WaitRepository waits,
            OperationRequest request,
            ActionInterruption interruption,
            VmGround ground,
            VmMarks marks,
            OperationFailures failures,
            Vms vms,
            OperationEndings endings,
            Clock clock) {
        this.repository = repository;
        this.steps = steps;
        this.waits = waits;
        this.request = request;
        this.interruption = interruption;
        this.ground = ground;
        this.marks = marks;
        this.failures = failures;
        this.vms = vms;
        this.endings = endings;
        this.clock = clock;
    }

    /** The operation's process has been started. */
    public void begun(UUID operation, String processInstanceId) {
        repository.bind(operation, processInstanceId);
    }

    /** Whoever started the operation's process in the engine has given it a key of theirs. */
    public void keyed(UUID operation, String businessKey) {
        repository.businessKey(operation, businessKey);
    }

    /**
     * Records an operation for a process that somebody started directly in the engine, after the same checks as
     * {@link Operations#request}.
     */
    public Adoption adopt(String verb, String vmReference, Actor actor) {
        return request.adopt(verb, vms.get(vmReference, actor), actor, null);
    }

    /**
     * An operation that began in the engine.
     *
     * @param vm as it was before the operation
     */
    public record Adoption(Operation operation, Vm vm) {}

    /**
     * Something holds the operation up until {@link #goesOn}. It is {@code WAITING} while there is any such thing, whatever else
     * of it is under way.
     *
     * @param visit tells this from all else that holds the operation up; what was said of it before is replaced
     */
    public void waiting(UUID operation, String visit, String reason) {
        repository.lock(operation);
        waits.begin(operation, visit, reason, Instant.now(clock));
    }

    /** What held the operation up is over. */
    public void goesOn(UUID operation, String visit) {
        repository.lock(operation);
        waits.end(operation, visit, Instant.now(clock));
    }

    /** The process moves again; the operation is {@code RUNNING} unless something else holds it up. */
    public void running(UUID operation) {
        repository.lock(operation);
        repository.running(operation, Instant.now(clock));
    }

    /**
     * Remembers why the operation fails, or would fail if it ended now. The first reason stands, but not when it came of a task
     * that only led the way.
     */
    public void failing(UUID operation, String code, String message) {
        failing(operation, null, code, message);
    }

    /**
     * The same of a task that asked for a verb. What the operation itself is for outweighs what was asked on the way to it,
     * which the process has tolerated, and what was asked afterwards to clean up.
     */
    public void failing(UUID operation, @Nullable String verb, String code, String message) {
        failures.note(operation, verb, new Failure(code, message));
    }

    /** The same of what the diagram has caught, and so may tolerate: it is the reason unless a worse one follows. */
    public void caught(UUID operation, String code, String message) {
        failures.caught(operation, new Failure(code, message));
    }

    /** Whether the reason that is remembered tells this already. */
    public boolean isTold(UUID operation, String message) {
        var error = repository.find(operation).orElseThrow().error();
        return error != null && error.message().contains(message);
    }

    /** Remembers a reason unless there is one. */
    public void failingOtherwise(UUID operation, String code, String message) {
        if (repository.find(operation).orElseThrow().error() == null) {
            repository.failed(operation, new Failure(code, message));
        }
    }

    /** Whether a task of the operation need not be done for the process to go on, as in a deletion that is forced. */
    public boolean goesOnRegardless(UUID operation, String activity, String name, String message) {
        boolean forced = ground.isForced(operation);
        if (forced) {
            steps.add(operation, activity, name, "FAILED", "Forced on: " + message, Instant.now(clock));
        }
        return forced;
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

    /** The process is at something that others must do or send: a person, a worker, a clock. */
    public void stepBegun(UUID operation, String visit, String activity, String name, String reason) {
        repository.lock(operation);
        steps.begin(operation, visit, activity, name, Instant.now(clock));
        waiting(operation, visit, reason);
    }

    /** It has been done, or is no longer waited for. */
    public void stepEnded(UUID operation, String visit, String activity, @Nullable String note) {
        repository.lock(operation);
        steps.end(operation, visit, activity, note, Instant.now(clock));
        goesOn(operation, visit);
    }

    /** A person has answered what the process asked for. */
    public void stepAnswered(UUID operation, String visit, String activity, StepAnswer answer) {
        repository.lock(operation);
        steps.answered(operation, visit, activity, answer);
        stepEnded(operation, visit, activity, answer.note());
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
        waits.endAll(id);
        steps.endAll(id, Instant.now(clock));
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
        marks.settle(ended);
        endings.record(ended);
    }
}
