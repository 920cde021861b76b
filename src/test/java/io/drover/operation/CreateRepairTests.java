package io.drover.operation;

import static io.drover.operation.OperationFixtures.ANN;
import static io.drover.operation.OperationFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.run.Output;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.inventory.Creation;
import io.drover.inventory.PowerState;
import io.drover.operation.CreateRepair.Due;
import io.drover.operation.CreateRepair.Due.Ask;
import io.drover.operation.CreateRepair.Due.Forbidden;
import io.drover.operation.CreateRepair.Due.Nothing;
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
    private static final String OWN = "kx3v9d-1-41-VM";
    private static final String SHARED = "i-1-41-VM";
    private static final Due CREATE = new Ask("deploy", ActionPurpose.TASK, null);
    private static final Due CHECK = new Ask("status", ActionPurpose.CHECK, HOST);
    private static final Due CLEANUP = new Ask("delete", ActionPurpose.CLEANUP, HOST);

    @Autowired
    private JdbcClient jdbc;

    private CreateRepair repair;
    private ActionRepository actions;
    private UUID vm;
    private UUID operation;
    private Instant now = NOW;
    private Creation creation = Creation.Never;
    private String name = OWN;

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
    @CsvSource({"SUCCEEDED,,PowerUnknown", "SUCCEEDED,,"})
    void aRefusedCleanUpOfWhatNobodySawMeansThatThereIsNothing(ActionState check, String code, String power) {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);
        ended("status", ActionPurpose.CHECK, check, code, power == null ? null : "{\"power_state\":\"" + power + "\"}");
        var cleanup = ended("delete", ActionPurpose.CLEANUP, ActionState.REFUSED, "exit-code", null);

        assertThat(repair.sawVm(cleanup)).isFalse();
        assertThat(due()).isEqualTo(CREATE);
    }

    @Test
    void aRefusedLookSaysNothing() {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);
        ended("status", ActionPurpose.CHECK, ActionState.REFUSED, "exit-code", null);
        var cleanup = ended("delete", ActionPurpose.CLEANUP, ActionState.REFUSED, "exit-code", null);

        assertThat(repair.sawVm(cleanup)).isTrue();
        assertThat(due()).isEqualTo(CLEANUP);
    }

    @Test
    void aRefusedLookAtANameThatOthersMayUseEndsTheMatter() {
        name = SHARED;
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "timed-out", null);
        ended("status", ActionPurpose.CHECK, ActionState.REFUSED, "exit-code", null);

        assertThat(due()).isInstanceOf(Forbidden.class);
        assertThat(due("delete")).isInstanceOf(Forbidden.class);
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

        assertThat(due("status")).isEqualTo(new Ask("status", ActionPurpose.TASK, null));
        assertThat(due("CreateSnapshot")).isEqualTo(new Ask("CreateSnapshot", ActionPurpose.TASK, null));
    }

    @Test
    void whatAnEarlierCreationMayHaveLeftIsCleanedUpBeforePrepareForgetsWhatItWasKnownBy() {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "lost", null);

        assertThat(due("prepare")).isEqualTo(CHECK);
        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, "{\"power_state\":\"PowerOn\"}");
        assertThat(due("prepare")).isEqualTo(CLEANUP);
        ended("delete", ActionPurpose.CLEANUP, ActionState.SUCCEEDED, null, null);
        assertThat(due("prepare")).isEqualTo(new Ask("prepare", ActionPurpose.TASK, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "delete"})
    void whatWasNeverCreatedIsNeitherStoppedNorDeleted(String verb) {
        ended("deploy", ActionPurpose.TASK, ActionState.REFUSED, "exit-code", null);

        assertThat(due(verb)).isInstanceOf(Nothing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "reboot"})
    void whatWasNeverCreatedIsNotStarted(String verb) {
        assertThat(due(verb)).isInstanceOf(Forbidden.class);
    }

    @Test
    void whatWasCreatedIsNotCreatedAgain() {
        ended("deploy", ActionPurpose.TASK, ActionState.SUCCEEDED, null, null);

        assertThat(due()).isInstanceOf(Forbidden.class);
        assertThat(due("stop")).isEqualTo(new Ask("stop", ActionPurpose.TASK, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "delete"})
    void whatBearsTheInstallationsNameIsCleanedUpWithoutALook(String verb) {
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "timed-out", null);

        assertThat(due(verb)).isEqualTo(new Ask(verb, ActionPurpose.TASK, HOST));
    }

    @Test
    void whatARefusedCreationSaysToHaveLeftIsDeleted() {
        creation = Creation.Leftovers;
        ended("deploy", ActionPurpose.TASK, ActionState.REFUSED, "exit-code", null);

        assertThat(due()).isEqualTo(CLEANUP);
        assertThat(due("delete")).isEqualTo(new Ask("delete", ActionPurpose.TASK, HOST));
    }

    @Test
    void aRefusedCleanUpOfWhatIsSaidToBeLeftIsNotPassedOver() {
        creation = Creation.Leftovers;
        ended("deploy", ActionPurpose.TASK, ActionState.REFUSED, "exit-code", null);
        var cleanup = ended("delete", ActionPurpose.CLEANUP, ActionState.REFUSED, "exit-code", null);

        assertThat(repair.sawVm(cleanup)).isTrue();
        assertThat(due()).isEqualTo(CLEANUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "stop", "delete"})
    void whatBearsANameThatOthersGiveTooIsLeftAlone(String verb) {
        name = SHARED;
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "timed-out", null);
        assertThat(due(verb)).isEqualTo(CHECK);

        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, "{\"power_state\":\"PowerOn\"}");

        assertThat(due(verb)).isInstanceOfSatisfying(Forbidden.class, no -> assertThat(no.code())
                .isEqualTo("foreign-vm"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, SHARED})
    void whatBearsAnotherVmsIdIsLeftAlone(String internalName) {
        name = internalName;
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "timed-out", null);
        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, "{\"uuid\":\"%s\"}".formatted(HOST));

        assertThat(due()).isInstanceOfSatisfying(Forbidden.class, no -> assertThat(no.why())
                .contains(HOST.toString(), internalName));
    }

    @Test
    void whatBearsTheVmsIdIsCleanedUpWhateverItsName() {
        name = SHARED;
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "timed-out", null);
        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, "{\"uuid\":\"%s\"}".formatted(vm));

        assertThat(due()).isEqualTo(CLEANUP);
        assertThat(due("delete")).isEqualTo(new Ask("delete", ActionPurpose.TASK, HOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PowerUnknown", ""})
    void whereNothingOfTheNameIsSeenItIsCreatedAndNotDeleted(String power) {
        name = SHARED;
        ended("deploy", ActionPurpose.TASK, ActionState.FAILED, "timed-out", null);
        ended("status", ActionPurpose.CHECK, ActionState.SUCCEEDED, null, "{\"power_state\":\"%s\"}".formatted(power));

        assertThat(due()).isEqualTo(CREATE);
        assertThat(due("delete")).isInstanceOf(Nothing.class);
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
        return repair.due(
                new TaskRequest(operation, verb, null, 1, "Task", "Task", "execution-1", "visit-1"),
                OperationFixtures.vm(vm, name, creation));
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
        var done = actions.find(action.id()).orElseThrow();
        creation = repair.after(done, state, creation, effect(state, code), creation == Creation.Leftovers);
        return done;
    }

    private static Effect effect(ActionState state, @Nullable String code) {
        if (state == ActionState.SUCCEEDED) {
            return Effect.DONE;
        }
        boolean none = state == ActionState.REFUSED || code != null && CreateRepair.WITHOUT_EFFECT.contains(code);
        return none ? Effect.NONE : Effect.UNKNOWN;
    }
}
