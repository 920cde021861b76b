package io.drover.operation;

import io.drover.extension.run.ExtensionRunner;
import io.drover.extension.run.RunResult;
import io.drover.extension.wire.AnswerReader;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings an action to its end: what its result means, the record, and the process that waits for it, in one transaction.
 * A result is never dropped: while the transaction cannot be made, it is tried again.
 */
@Component
class ActionConclusion {
    private static final Logger LOG = LoggerFactory.getLogger(ActionConclusion.class);
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final AnswerReader reader;
    private final ActionRecord records;
    private final ConclusionTransaction transaction;
    private final ExtensionRunner runner;

    ActionConclusion(
            AnswerReader reader, ActionRecord records, ConclusionTransaction transaction, ExtensionRunner runner) {
        this.reader = reader;
        this.records = records;
        this.transaction = transaction;
        this.runner = runner;
    }

    /** Concludes an action whose program was started. */
    void conclude(Dispatch dispatch, RunResult result) {
        var action = dispatch.action();
        conclude(dispatch, result, reader.read(action.verb(), dispatch.exact(), result, action.timeout()));
    }

    /** Concludes an action whose program must not be called. */
    void notRun(Dispatch dispatch, Instant now) {
        var why = String.valueOf(dispatch.action().notRunBecause());
        conclude(dispatch, RunResult.none(now), new Trouble("not-run", "It was not called: " + why));
    }

    /** Concludes an action of which nobody can say how its program ended. */
    void unreadable(Dispatch dispatch, Instant now, String why) {
        conclude(dispatch, RunResult.none(now), new Trouble("lost", why));
    }

    private void conclude(Dispatch dispatch, RunResult result, Outcome outcome) {
        var end = records.of(dispatch, result, outcome);
        var said = records.masked(dispatch, outcome);
        var failure = tryToConclude(dispatch, end, said);
        if (failure == null || tryToBlock(dispatch, end, failure)) {
            runner.forget(dispatch.action().id());
            return;
        }
        Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> conclude(dispatch, result, outcome));
    }

    private @org.jspecify.annotations.Nullable RuntimeException tryToConclude(
            Dispatch dispatch, ActionEnd end, Outcome outcome) {
        RuntimeException failure = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                transaction.conclude(dispatch.action(), end, outcome);
                return null;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        return failure;
    }

    private boolean tryToBlock(Dispatch dispatch, ActionEnd end, RuntimeException failure) {
        var action = dispatch.action();
        LOG.error(
                "The process of operation {} cannot go on after action {}", action.operationId(), action.id(), failure);
        try {
            transaction.block(action, end, "The process could not go on: " + failure.getMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.error("Cannot record the end of action {}; trying again in {}", action.id(), PAUSE, e);
            return false;
        }
    }
}
