package io.drover.operation;

import io.drover.extension.run.ExtensionRunner;
import io.drover.extension.run.RunResult;
import io.drover.extension.wire.AnswerReader;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.operation.OperationWorkflow.StuckException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Brings an action to its end: what its result means, the record, and the process that waits for it, in one transaction.
 * A result is never dropped: while the transaction cannot be made, it is tried again, less and less often.
 */
@Component
class ActionConclusion implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ActionConclusion.class);

    /** After so many tries the process is held up with an incident instead of led on. */
    private static final int TRIES = 5;

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final AnswerReader reader;
    private final ActionRecord records;
    private final CustomActionResults results;
    private final SecretHandover handover;
    private final ConclusionTransaction transaction;
    private final ExtensionRunner runner;
    private final ScheduledExecutorService later =
            Executors.newScheduledThreadPool(2, new CustomizableThreadFactory("drover-conclude-"));

    ActionConclusion(
            AnswerReader reader,
            ActionRecord records,
            CustomActionResults results,
            SecretHandover handover,
            ConclusionTransaction transaction,
            ExtensionRunner runner) {
        this.reader = reader;
        this.records = records;
        this.results = results;
        this.handover = handover;
        this.transaction = transaction;
        this.runner = runner;
    }

    /**
     * Concludes an action whose program was started.
     *
     * @param done is run once it is concluded, which may be later
     */
    void conclude(Dispatch dispatch, RunResult result, Runnable done) {
        var action = dispatch.action();
        conclude(dispatch, result, reader.read(action.verb(), dispatch.exact(), result, action.timeout()), done);
    }

    /** Concludes an action whose program must not be called. */
    void notRun(Dispatch dispatch, Instant now, Runnable done) {
        var why = String.valueOf(dispatch.action().notRunBecause());
        conclude(dispatch, RunResult.none(now), new Trouble("not-run", "It was not called: " + why), done);
    }

    /** Concludes an action of which nobody can say how its program ended. */
    void unreadable(Dispatch dispatch, Instant now, String why, Runnable done) {
        conclude(dispatch, RunResult.none(now), new Trouble(Trouble.LOST, why), done);
    }

    @Override
    public void destroy() {
        later.shutdownNow();
    }

    private void conclude(Dispatch dispatch, RunResult result, Outcome outcome, Runnable done) {
        var taken = handover.from(dispatch, result, outcome);
        records.learn(dispatch, result);
        var told = records.masked(dispatch, outcome);
        var end = records.of(dispatch, result, outcome)
                .with(results.of(dispatch, result, told, taken.secret()), taken.secret(), taken.note());
        attempt(dispatch, end, told, 1, "", done);
    }

    private void attempt(Dispatch dispatch, ActionEnd end, Outcome outcome, int number, String why, Runnable done) {
        var action = dispatch.action();
        try {
            if (number <= TRIES) {
                transaction.conclude(action, end, outcome);
            } else {
                block(action, number == TRIES + 1 ? end : end.withoutTexts(), outcome, why);
            }
            runner.forget(action.id());
            done.run();
        } catch (RuntimeException e) {
            LOG.warn("Try {} to conclude action {} has failed", number, action.id(), e);
            var pause = pause(number);
            var reason = reason(action, e);
            later.schedule(
                    () -> attempt(dispatch, end, outcome, number + 1, reason, done), pause, TimeUnit.MILLISECONDS);
        }
    }

    private void block(Action action, ActionEnd end, Outcome outcome, String why) {
        transaction.block(action, end, outcome, why);
    }

    /** Names what cannot be done, and what was done before it. */
    private static String reason(Action action, RuntimeException failure) {
        var stuck = failure instanceof StuckException it ? it : null;
        var culprit = stuck == null ? null : stuck.activity();
        return "The process could not go on"
                + (culprit == null || culprit.equals(action.activityName()) ? "" : " at " + culprit) + " after "
                + action.activityName() + (stuck == null ? "; the log says why" : ": " + stuck.getMessage());
    }

    private static long pause(int number) {
        long most = Math.min(PAUSE.toMillis() << Math.min(number, 20), LONGEST_PAUSE.toMillis());
        return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    }
}
