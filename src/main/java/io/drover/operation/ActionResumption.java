package io.drover.operation;

import io.drover.extension.run.ExtensionRunner;
import io.drover.extension.run.RunResult;
import io.drover.node.ThisNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Takes up actions of this node that nothing has in hand: at the start those that an earlier life of the server left
 * unfinished, whose programs went on and whose answers still count, and from then on those that a failure, of the database
 * for instance, has dropped.
 */
@Component
class ActionResumption implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ActionResumption.class);
    private static final int TAKERS = 8;

    private final ActionRepository actions;
    private final OperationRepository operations;
    private final ActionIntent intent;
    private final ActionDispatcher dispatcher;
    private final ExtensionRunner runner;
    private final ActionOwnership ownership;
    private final ThisNode node;
    private final ActionProperties properties;
    private final Instant begun;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("drover-resume-"));

    /** Several, so that an action whose files are slow to answer does not keep the others waiting. */
    private final ExecutorService takers =
            Executors.newFixedThreadPool(TAKERS, new CustomizableThreadFactory("drover-take-up-"));

    private Set<UUID> seen = Set.of();

    ActionResumption(
            ActionRepository actions,
            OperationRepository operations,
            ActionIntent intent,
            ActionDispatcher dispatcher,
            ExtensionRunner runner,
            ActionOwnership ownership,
            ThisNode node,
            ActionProperties properties,
            ApplicationContext context) {
        this.actions = actions;
        this.operations = operations;
        this.intent = intent;
        this.dispatcher = dispatcher;
        this.runner = runner;
        this.ownership = ownership;
        this.node = node;
        this.properties = properties;
        this.begun = Instant.ofEpochMilli(context.getStartupDate());
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        runner.forgetAllBut(
                () -> actions.unfinishedOn(node.name()).stream().map(Action::id).collect(Collectors.toSet()));
        long millis = properties.resumeInterval().toMillis();
        timer.scheduleWithFixedDelay(this::resumeAll, 0, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        takers.shutdownNow();
    }

    /** An action of this life is taken up only when it is found the second time, since it may just be on its way. */
    void resumeAll() {
        try {
            var dropped = actions.unfinishedOn(node.name()).stream()
                    .filter(action -> !dispatcher.hasInHand(action.id()))
                    .toList();
            var before = seen;
            seen = dropped.stream().map(Action::id).collect(Collectors.toSet());
            var takenUp = dropped.stream()
                    .filter(action -> action.requestedAt().isBefore(begun) || before.contains(action.id()))
                    .map(action -> CompletableFuture.runAsync(() -> resume(action, null), takers));
            CompletableFuture.allOf(takenUp.toArray(CompletableFuture[]::new)).join();
            dispatcher.drain();
            cancelAsked();
        } catch (RuntimeException e) {
            LOG.error("Cannot look for dropped actions; trying again in {}", properties.resumeInterval(), e);
        }
    }

    /** Ends what somebody has asked to end through another node, or while this one was down. */
    void cancelAsked() {
        if (dispatcher.isBusy()) {
            ownership.toCancel(node.name()).forEach(runner::cancel);
        }
    }

    /** @param elsewhere why its outcome is unknown if it was started on another node; null if only this one can have started it */
    void resume(Action action, @Nullable String elsewhere) {
        try {
            var operation = operations.find(action.operationId()).orElseThrow();
            take(action, intent.again(action, operation), elsewhere);
        } catch (RuntimeException e) {
            LOG.error("Action {} ({}) cannot be taken up; its outcome is unknown", action.id(), action.verb(), e);
            giveUp(action, elsewhere);
        }
    }

    /** Without the secrets of its payload the output of a program cannot be masked, so it is ended and counts as lost. */
    private void giveUp(Action action, @Nullable String elsewhere) {
        var run = run(action, elsewhere);
        runner.cancel(action.id());
        run.orElseGet(() -> CompletableFuture.completedFuture(null))
                .whenComplete((result, failure) ->
                        dispatcher.lost(intent.withoutSecrets(action), "Its payload can no longer be composed"));
    }

    /** Without files here, what another node may have started is not this one's to follow, even if both share a machine. */
    private Optional<CompletableFuture<RunResult>> run(Action action, @Nullable String elsewhere) {
        boolean ours = action.state() != ActionState.PENDING && elsewhere == null;
        if (!ours && !runner.hasFiles(action.id())) {
            return Optional.empty();
        }
        var startedAt = action.startedAt() == null ? action.requestedAt() : action.startedAt();
        return runner.resume(action.id(), startedAt, startedAt.plus(action.timeout()));
    }

    private void take(Action action, Dispatch dispatch, @Nullable String elsewhere) {
        var run = run(action, elsewhere);
        if (run.isPresent()) {
            LOG.info("Action {} ({}) is followed again", action.id(), action.verb());
            dispatcher.follow(dispatch, run.get());
        } else if (action.state() == ActionState.PENDING || elsewhere == null) {
            dispatcher.submit(dispatch);
        } else {
            LOG.warn("Action {} ({}): {}; its outcome is unknown", action.id(), action.verb(), elsewhere);
            dispatcher.lost(dispatch, elsewhere);
        }
    }
}
