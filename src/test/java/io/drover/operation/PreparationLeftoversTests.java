package io.drover.operation;

import static io.drover.operation.OperationFixtures.ANN;
import static io.drover.operation.OperationFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.run.Output;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.inventory.Creation;
import io.drover.operation.CreateRepair.Due;
import io.drover.operation.CreateRepair.Due.Ask;
import io.drover.operation.CreateRepair.Effect;
import io.drover.operation.Operation.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked of an extension whose preparation has left something, read from what was done before. */
@JdbcTest
@AutoConfigureTestDatabase
class PreparationLeftoversTests {
    private static final UUID HOST = UUID.randomUUID();
    private static final Due CREATE = new Ask("deploy", ActionPurpose.TASK, null);
    private static final Due CLEANUP = new Ask("delete", ActionPurpose.CLEANUP, HOST);

    @Autowired
    private JdbcClient jdbc;

    private CreateRepair repair;
    private ActionRepository actions;
    private ActionHistory history;
    private UUID vm;
    private UUID operation;
    private Instant now = NOW;
    private Creation creation = Creation.Never;
    private String name = "kx3v9d-1-41-VM";

    @BeforeEach
    void addVm() {
        actions = new ActionRepository(jdbc);
        history = new ActionHistory(jdbc);
        repair = new CreateRepair(history, new PowerAnswer(new ObjectMapper()));
        vm = OperationFixtures.vm(jdbc, ANN);
        operation = begun();
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED,",
        "FAILED,lost",
        "FAILED,timed-out",
        "FAILED,unfinished",
        "CANCELLED,cancelled",
        "REFUSED,exit-code"
    })
    void whatAPreparationLeftIsCreatedInTheSameOperationOnly(ActionState state, String code) {
        prepared(state, code);

        assertThat(creation).isEqualTo(Creation.Leftovers);
        assertThat(due("prepare")).isEqualTo(new Ask("prepare", ActionPurpose.TASK, null));
        assertThat(due("deploy")).isEqualTo(CREATE);
        nextOperation();
        assertThat(due("prepare")).isEqualTo(CLEANUP);
        assertThat(due("deploy")).isEqualTo(CLEANUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "delete"})
    void whatAPreparationLeftIsRemovedWhereItWasPrepared(String verb) {
        prepared(ActionState.SUCCEEDED, null);
        var expected = new Ask(verb, ActionPurpose.TASK, HOST);

        assertThat(due(verb)).isEqualTo(expected);
        nextOperation();
        assertThat(due(verb)).isEqualTo(expected);
        name = "i-1-41-VM";
        assertThat(due(verb)).isEqualTo(expected);
    }

    @Test
    void aPreparationThatLeftNothingIsAsBefore() {
        ended("prepare", ActionState.SUCCEEDED, null, false);

        assertThat(creation).isEqualTo(Creation.Never);
        assertThat(due("delete")).isInstanceOf(Due.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, try-again, true", "FAILED, not-started, true", "REFUSED, exit-code, false"})
    void aCreationThatBeganNothingIsRepeatedAtOnceAndOneThatMayHaveIsNot(
            ActionState state, String code, boolean atOnce) {
        prepared(ActionState.SUCCEEDED, null);
        ended("deploy", state, code, false);

        assertThat(creation).isEqualTo(Creation.Leftovers);
        assertThat(due("deploy")).isEqualTo(atOnce ? CREATE : CLEANUP);
        assertThat(due("delete")).isEqualTo(new Ask("delete", ActionPurpose.TASK, HOST));
    }

    @Test
    void whatIsNotSeenUnderASharedNameIsDeletedAllTheSame() {
        name = "i-1-41-VM";
        prepared(ActionState.SUCCEEDED, null);
        ended("deploy", ActionState.FAILED, "lost", false);
        assertThat(creation).isEqualTo(Creation.Unclear);
        assertThat(due("delete")).isEqualTo(new Ask("status", ActionPurpose.CHECK, HOST));

        looked("{\"power_state\":\"unknown\"}");

        assertThat(due("delete")).isEqualTo(new Ask("delete", ActionPurpose.TASK, HOST));
    }

    @Test
    void whatSomebodyElseHasUnderASharedNameIsLeftAlone() {
        name = "i-1-41-VM";
        prepared(ActionState.SUCCEEDED, null);
        ended("deploy", ActionState.FAILED, "lost", false);

        looked("{\"power_state\":\"poweron\"}");

        assertThat(due("delete")).isInstanceOf(Due.Forbidden.class);
    }

    @Test
    void aDeletionThatIsRefusedHasFailedWithoutALook() {
        prepared(ActionState.SUCCEEDED, null);
        ended("deploy", ActionState.REFUSED, "exit-code", false);
        var deletion = ended("delete", ActionState.REFUSED, "exit-code", false);

        assertThat(repair.isWorthALook(deletion)).isFalse();
        assertThat(creation).isEqualTo(Creation.Leftovers);
        assertThat(due("delete")).isEqualTo(new Ask("delete", ActionPurpose.TASK, HOST));
    }

    @Test
    void whatWasDeletedIsForgotten() {
        prepared(ActionState.SUCCEEDED, null);
        ended("delete", ActionState.SUCCEEDED, null, false);

        assertThat(creation).isEqualTo(Creation.Never);
        assertThat(due("delete")).isInstanceOf(Due.Nothing.class);
        nextOperation();
        assertThat(due("deploy")).isEqualTo(CREATE);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, lost", "FAILED, timed-out", "REFUSED, exit-code"})
    void aCreationIsNotRepeatedOnAPreparationThatWasGivenBack(ActionState state, String code) {
        prepared(ActionState.SUCCEEDED, null);
        ended("deploy", state, code, false);
        ended("delete", ActionState.SUCCEEDED, null, false);

        assertThat(due("deploy")).isInstanceOfSatisfying(Due.Forbidden.class, refusal -> assertThat(refusal.code())
                .isEqualTo("preparation-gone"));
        assertThat(due("prepare")).isEqualTo(new Ask("prepare", ActionPurpose.TASK, null));
        prepared(ActionState.SUCCEEDED, null);
        assertThat(due("deploy")).isEqualTo(CREATE);
    }

    @Test
    void aDeletionBeforeThePreparationTakesNothingFromIt() {
        prepared(ActionState.SUCCEEDED, null);
        nextOperation();
        ended("delete", ActionState.SUCCEEDED, null, false);
        assertThat(due("deploy")).isEqualTo(CREATE);
        prepared(ActionState.SUCCEEDED, null);

        assertThat(due("deploy")).isEqualTo(CREATE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Creation.class,
            names = {"Created", "Unclear"})
    void whatIsKnownOfACreationOutweighsAPreparation(Creation before) {
        creation = before;

        prepared(ActionState.SUCCEEDED, null);

        assertThat(creation).isEqualTo(before);
    }

    private void prepared(ActionState state, @Nullable String code) {
        ended("prepare", state, code, true);
    }

    private Due due(String verb) {
        return repair.due(
                new TaskRequest(operation, verb, null, 1, "Task", "Task", "execution-1", "visit-1"),
                OperationFixtures.vm(vm, name, creation));
    }

    private void nextOperation() {
        jdbc.sql("UPDATE operation SET active_vm_id = NULL").update();
        operation = begun();
    }

    private UUID begun() {
        var id = UUID.randomUUID();
        new OperationRepository(jdbc).add(id, vm, "deploy", ANN, NOW);
        return id;
    }

    private Action ended(String verb, ActionState state, @Nullable String code, boolean leaves) {
        var done = recorded(verb, ActionPurpose.TASK, state, code, null);
        if (leaves) {
            history.leaves(done.id());
        }
        creation = repair.after(done, state, creation, effect(state, code), leaves);
        return done;
    }

    private void looked(String answer) {
        recorded("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, answer);
    }

    private Action recorded(
            String verb, ActionPurpose purpose, ActionState state, @Nullable String code, @Nullable String answer) {
        now = now.plus(Duration.ofSeconds(1));
        var action = OperationFixtures.action(operation, vm, UUID.randomUUID(), HOST, now);
        actions.add(action, ANN, false);
        jdbc.sql("UPDATE action SET verb = ?, purpose = ? WHERE id = ?")
                .params(verb, purpose.name(), action.id())
                .update();
        var run = new RunResult(Ending.EXITED, 0, new Output("", 0, false), new Output("", 0, false), now, now, null);
        var failure = code == null ? null : new Failure(code, code);
        actions.end(action, new ActionEnd(state, run, failure, answer, null, "", "", null));
        return actions.find(action.id()).orElseThrow();
    }

    private static Effect effect(ActionState state, @Nullable String code) {
        if (state == ActionState.SUCCEEDED) {
            return Effect.DONE;
        }
        boolean none = state == ActionState.REFUSED || code != null && CreateRepair.WITHOUT_EFFECT.contains(code);
        return none ? Effect.NONE : Effect.UNKNOWN;
    }
}
