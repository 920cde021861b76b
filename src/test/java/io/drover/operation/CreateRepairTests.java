package io.drover.operation;

import static io.drover.operation.OperationFixtures.ANN;
import static io.drover.operation.OperationFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.run.Output;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.inventory.PowerState;
import io.drover.operation.CreateRepair.Due;
import io.drover.operation.Operation.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked of an extension before a creation, read from what was done before. */
@JdbcTest
@AutoConfigureTestDatabase
class CreateRepairTests {
    private static final UUID HOST = UUID.randomUUID();
    private static final Due CREATE = new Due("deploy", ActionPurpose.TASK, null);
    private static final Due CHECK = new Due("status", ActionPurpose.CHECK, HOST);
    private static final Due CLEANUP = new Due("delete", ActionPurpose.CLEANUP, HOST);

    @Autowired
    private JdbcClient jdbc;

    private CreateRepair repair;
    private ActionRepository actions;
    private UUID vm;
    private UUID operation;
    private Instant now = NOW;

    @BeforeEach
    void addVm() {
        actions = new ActionRepository(jdbc);
        repair = new CreateRepair(new ActionHistory(jdbc), new PowerAnswer(new ObjectMapper()));
        vm = OperationFixtures.vm(jdbc, ANN);
        operation = begun();
    }

    @Test
    void aFirstCreationIsNotPreparedFor() {
        assertThat(due()).isEqualTo(CREATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "timed-out", "died", "unreadable-answer"})
    void anUnclearCreationIsCheckedThenCleanedUpThenRepeated(String code) {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, code, null);
        assertThat(due()).isEqualTo(CHECK);

        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, "{\"power_state\":\"PowerOn\"}");
        assertThat(due()).isEqualTo(CLEANUP);

        ended("delete", ActionPurpose.CLEANUP, ActionState.SUCCEEDED, null, null);
        assertThat(due()).isEqualTo(CREATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-started", "not-executable"})
    void aCreationThatCertainlyDidNothingIsRepeatedAtOnce(String code) {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, code, null);

        assertThat(due()).isEqualTo(CREATE);
    }

    @Test
    void aRefusedCreationIsRepeatedAtOnce() {
        ended("deploy", ActionPurpose.TASK, ActionState.REFUSED, "exit-code", null);

        assertThat(due()).isEqualTo(CREATE);
    }

    @Test
    void aCancelledCreationIsUnclear() {
        ended("deploy", ActionPurpose.TASK, ActionState.CANCELLED, "cancelled", null);

        assertThat(due()).isEqualTo(CHECK);
    }

    @ParameterizedTest
    @CsvSource({"REFUSED,exit-code,", "SUCCEEDED,,PowerUnknown", "SUCCEEDED,,"})
    void aRefusedCleanUpOfWhatNobodySawMeansThatThereIsNothing(ActionState check, String code, String power) {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);
        ended("status", ActionPurpose.CHECK, check, code, power == null ? null : "{\"power_state\":\"" + power + "\"}");
        var cleanup = ended("delete", ActionPurpose.CLEANUP, ActionState.REFUSED, "exit-code", null);

        assertThat(repair.sawVm(cleanup)).isFalse();
        assertThat(due()).isEqualTo(CREATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PowerOn", "poweroff"})
    void aRefusedCleanUpOfWhatWasSeenIsTriedAgain(String power) {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);
        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, "{\"power_state\":\"" + power + "\"}");
        var cleanup = ended("delete", ActionPurpose.CLEANUP, ActionState.REFUSED, "exit-code", null);

        assertThat(repair.sawVm(cleanup)).isTrue();
        assertThat(due()).isEqualTo(CLEANUP);
    }

    @Test
    void aSecondUnclearCreationIsCheckedAnew() {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);
        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, null);
        ended("delete", ActionPurpose.CLEANUP, ActionState.SUCCEEDED, null, null);
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);

        assertThat(due()).isEqualTo(CHECK);
    }

    @Test
    void anotherOperationsCheckDoesNotCount() {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);
        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, null);
        jdbc.sql("UPDATE operation SET active_vm_id = NULL").update();
        operation = begun();

        assertThat(due()).isEqualTo(CHECK);
    }

    @Test
    void aDeletionAsAnOrdinaryStepClearsToo() {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "timed-out", null);
        ended("delete", ActionPurpose.TASK, ActionState.SUCCEEDED, null, null);

        assertThat(due()).isEqualTo(CREATE);
    }

    @Test
    void otherVerbsAreAskedAsTheyAre() {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);

        assertThat(due("stop")).isEqualTo(new Due("stop", ActionPurpose.TASK, null));
    }

    @Test
    void knowsThePowerThatAnAnswerTells() {
        var answers = new PowerAnswer(new ObjectMapper());

        assertThat(answers.power("{\"power_state\":\" poweron \"}")).isEqualTo(PowerState.PowerOn);
        assertThat(answers.power("no json")).isEqualTo(PowerState.PowerUnknown);
    }

    private Due due() {
        return due("deploy");
    }

    private Due due(String verb) {
        return repair.due(new TaskRequest(operation, verb, null, 1, "Task", "Task", "execution-1", "visit-1"), vm);
    }

    private UUID begun() {
        var id = UUID.randomUUID();
        new OperationRepository(jdbc).add(id, vm, "deploy", ANN, NOW);
        return id;
    }

    private Action ended(
            String verb, ActionPurpose purpose, ActionState state, @Nullable String code, @Nullable String answer) {
        now = now.plus(Duration.ofSeconds(1));
        var action = OperationFixtures.action(operation, vm, UUID.randomUUID(), HOST, now);
        actions.add(action, ANN, false);
        jdbc.sql("UPDATE action SET verb = ?, purpose = ? WHERE id = ?")
                .params(verb, purpose.name(), action.id())
                .update();
        var ending = "not-started".equals(code) ? Ending.NOT_STARTED : Ending.EXITED;
        var run = new RunResult(ending, null, new Output("", 0, false), new Output("", 0, false), now, now, null);
        var failure = code == null ? null : new Failure(code, code);
        actions.end(action, new ActionEnd(state, run, failure, answer, null, "", "", null));
        return actions.find(action.id()).orElseThrow();
    }
}
