package io.drover.operation;

import static io.drover.operation.OperationFixtures.ADMIN;
import static io.drover.operation.OperationFixtures.ANN;
import static io.drover.operation.OperationFixtures.NOW;
import static io.drover.operation.OperationFixtures.action;
import static io.drover.operation.OperationFixtures.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.extension.run.RunResult;
import io.drover.operation.Operation.Failure;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the rows of operations and actions change, and how they do not. */
@JdbcTest
@Import({OperationRepository.class, ActionRepository.class})
class OperationRecordsTests {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Instant LATEST = NOW.plusSeconds(90);

    @Autowired
    private OperationRepository operations;

    @Autowired
    private ActionRepository actions;

    @Autowired
    private JdbcClient jdbc;

    private final UUID operation = UUID.randomUUID();
    private UUID vm;

    @BeforeEach
    void begin() {
        vm = OperationFixtures.vm(jdbc, ANN);
        operations.add(operation, vm, "deploy", ANN, NOW);
    }

    @Test
    void keepsWhatWasAsked() {
        assertThat(find())
                .isEqualTo(new Operation(
                        operation,
                        vm,
                        "deploy",
                        OperationState.QUEUED,
                        ANN,
                        NOW,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        assertThat(operations.activeOf(vm)).contains(operation);
    }

    @Test
    void takesOneOperationAtATimePerVm() {
        assertThatThrownBy(() -> operations.add(UUID.randomUUID(), vm, "stop", ADMIN, NOW))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void takesTheNextOperationAfterTheEnd() {
        operations.end(operation, OperationState.FAILED, LATER);

        assertThat(operations.activeOf(vm)).isEmpty();
        operations.add(UUID.randomUUID(), vm, "stop", ADMIN, LATER);
    }

    @Test
    void remembersWhenItFirstRan() {
        operations.running(operation, LATER);
        operations.waiting(operation, "a retry");
        assertThat(find()).returns("a retry", Operation::waitingFor).returns(OperationState.WAITING, Operation::state);
        operations.running(operation, LATEST);

        assertThat(find())
                .returns(OperationState.RUNNING, Operation::state)
                .returns(LATER, Operation::startedAt)
                .returns(null, Operation::waitingFor);
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationState.class,
            names = {"SUCCEEDED", "FAILED", "CANCELLED"})
    void changesNothingAfterTheEnd(OperationState end) {
        assertThat(operations.end(operation, end, LATER)).isTrue();
        var ended = find();

        operations.running(operation, LATEST);
        operations.waiting(operation, "x");
        operations.failed(operation, new Failure("x", "x"));
        assertThat(operations.end(operation, OperationState.CANCELLED, LATEST)).isFalse();

        assertThat(find()).isEqualTo(ended).returns(end, Operation::state).returns(LATER, Operation::endedAt);
    }

    @Test
    void keepsTheErrorOfAFailureAndForgetsItAfterASuccess() {
        operations.failed(operation, new Failure("timed-out", "x".repeat(9000)));
        assertThat(Objects.requireNonNull(find().error()).message())
                .hasSize(4000)
                .endsWith("x… (of 9000 characters; more is on the action's record)");

        operations.end(operation, OperationState.SUCCEEDED, LATER);

        assertThat(find().error()).isNull();
    }

    @Test
    void startsAnActionOnItsNodeAlone() {
        var action = added(NOW);

        assertThat(actions.start(action, LATER)).isTrue();
        jdbc.sql("UPDATE action SET node = 'node-2'").update();
        assertThat(actions.start(action, LATEST)).isFalse();

        assertThat(actions.find(action.id()).orElseThrow())
                .returns(ActionState.RUNNING, Action::state)
                .returns(LATER, Action::startedAt);
    }

    @Test
    void endsAnActionOnce() {
        var action = added(NOW);
        actions.start(action, NOW);

        assertThat(actions.end(action, succeeded(LATER, LATEST))).isTrue();
        assertThat(actions.end(action, succeeded(NOW, NOW))).isFalse();
        assertThat(actions.start(action, LATEST)).isFalse();

        assertThat(actions.find(action.id()).orElseThrow())
                .returns(ActionState.SUCCEEDED, Action::state)
                .returns(LATER, Action::startedAt)
                .returns(LATEST, Action::endedAt)
                .returns(0, Action::exitCode)
                .returns(7L, Action::outputBytes)
                .returns("warn", Action::errorOutput)
                .returns("a note", Action::notes);
        assertThat(actions.sealedAnswer(action.id())).isEqualTo("sealed");
    }

    @Test
    void doesNotSayThatWhatWasNotRunHasStarted() {
        var action = added(NOW);
        var failure = new Failure("not-run", "It was not called");

        actions.end(
                action, new ActionEnd(ActionState.FAILED, RunResult.none(LATER), failure, null, null, "", "", null));

        assertThat(actions.find(action.id()).orElseThrow())
                .returns(null, Action::startedAt)
                .returns(LATER, Action::endedAt)
                .returns(failure, Action::error);
    }

    @Test
    void cancelsOnlyWhatHasNotStarted() {
        var pending = added(NOW);
        var running = added(NOW);
        actions.start(running, NOW);

        actions.cancelPending(operation, null, LATER);

        assertThat(state(pending)).isEqualTo(ActionState.CANCELLED);
        assertThat(state(running)).isEqualTo(ActionState.RUNNING);
        assertThat(actions.start(pending, LATEST)).isFalse();
        assertThat(actions.unfinishedOn("node-1")).extracting(Action::id).containsExactly(running.id());
        assertThat(actions.unfinishedOn("node-2")).isEmpty();
    }

    @Test
    void findsTheLatestSuccessOfAVerb() {
        var first = added(NOW);
        var second = added(NOW);
        actions.end(second, succeeded(NOW, LATER));
        actions.end(first, succeeded(NOW, LATEST));
        added(LATEST);

        assertThat(actions.latestSuccess(operation, "deploy").map(Action::id)).contains(first.id());
        assertThat(actions.latestSuccess(operation, "prepare")).isEqualTo(Optional.empty());
    }

    @Test
    void forgetsTheSealedAnswerWhenItIsApplied() {
        var action = added(NOW);
        actions.end(action, succeeded(NOW, LATER));

        actions.note(action.id(), "applied");

        assertThat(actions.sealedAnswer(action.id())).isNull();
        assertThat(actions.find(action.id()).orElseThrow().notes()).isEqualTo("applied");
    }

    private Action added(Instant requestedAt) {
        var action = action(operation, vm, UUID.randomUUID(), null, requestedAt);
        actions.add(action, ANN, false);
        assertThat(actions.find(action.id())).contains(action);
        return action;
    }

    private Operation find() {
        return operations.find(operation).orElseThrow();
    }

    private ActionState state(Action action) {
        return actions.find(action.id()).orElseThrow().state();
    }
}
