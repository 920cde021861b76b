package io.drover.operation;

import static io.drover.operation.OperationFixtures.ANN;
import static io.drover.operation.OperationFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.drover.inventory.Vms;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What an operation waits for, the steps for it, and when that is the caller's to know. */
@JdbcTest
@Import({OperationRepository.class, StepRepository.class, WaitRepository.class})
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class WaitRecordsTests {
    private static final String BLOCKED =
            "SELECT COUNT(*) FROM information_schema.sessions WHERE blocker_id IS NOT NULL";

    @Autowired
    private OperationRepository operations;

    @Autowired
    private StepRepository steps;

    @Autowired
    private WaitRepository waits;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private final UUID operation = UUID.randomUUID();
    private OperationProgress progress;

    @BeforeEach
    void begin() {
        operations.add(operation, OperationFixtures.vm(jdbc, ANN), "status", ANN, NOW);
        progress = new OperationProgress(
                operations,
                steps,
                waits,
                mock(OperationRequest.class),
                mock(ActionInterruption.class),
                mock(VmGround.class),
                mock(VmMarks.class),
                mock(OperationFailures.class),
                mock(Vms.class),
                mock(OperationEndings.class),
                Clock.systemUTC());
    }

    @AfterEach
    void remove() {
        for (var table : List.of("operation_step", "operation_wait", "operation", "vm", "account")) {
            jdbc.sql("DELETE FROM " + table).update();
        }
    }

    @Test
    void branchesDoNotOverlookEachOther() {
        in(() -> progress.waiting(operation, "a", "A: a"));

        in(() -> {
            progress.goesOn(operation, "a");
            CompletableFuture.runAsync(() -> in(() -> progress.stepBegun(operation, "b", "B", "b", "B: b")));
            await().until(() -> jdbc.sql(BLOCKED).query(Integer.class).single() > 0);
        });

        await().until(() -> operations.find(operation).orElseThrow().state() == OperationState.WAITING);
        assertThat(operations.find(operation).orElseThrow().waitingFor()).isEqualTo("B: b");
    }

    @Test
    void aStepThatWasBegunBeforeVisitsWereToldApartEnds() {
        in(() -> progress.stepBegun(operation, "old", "Ask", "Ask", "Task for a person: Ask"));
        in(() -> progress.stepBegun(operation, "new", "Ask2", "Ask2", "Task for a person: Ask2"));
        jdbc.sql("UPDATE operation_step SET visit = NULL").update();

        in(() -> progress.stepEnded(operation, "task-1", "Ask", "Answered by ann"));

        assertThat(steps.ofOperation(operation)).extracting(Step::state).containsExactlyInAnyOrder("DONE", "ACTIVE");
    }

    @Test
    void nothingGoesOnAfterTheEnd() {
        in(() -> progress.stepBegun(operation, "a", "Ask", "Ask", "Task for a person: Ask"));

        in(() -> progress.ended(operation, OperationState.SUCCEEDED));

        assertThat(steps.ofOperation(operation)).extracting(Step::state).containsExactly("DONE");
        assertThat(operations.settled(List.of(operation))).containsExactly(operation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Attempt 2 of 3 after: Stop: gone             |                              | false",
                "Timer until 2026-05-06T07:08:09Z: Pause      |                              | false",
                "Timer until 2026-05-06T07:08:09Z: Pause      | Attempt 2 of 3 after: x      | false",
                "Attempt 2 of 3 after: Stop: gone             | Task for a person: Look      | true",
                "Timer until 2026-05-06T07:08:09Z: Pause      | Worker for topic 'd': Name   | true",
                "The first of Timer until 2026, Message: Hear |                              | true",
                "Incident: Stop: gone                         |                              | true",
                "Message: Hear                                | Attempt 2 of 3 after: x      | true"
            })
    void aCallerIsToldOfWhatDoesNotGoOnByItself(String first, @Nullable String second, boolean settled) {
        in(() -> progress.waiting(operation, "a", first));
        if (second != null) {
            in(() -> progress.waiting(operation, "b", second));
        }
        assertThat(operations.settled(List.of(operation)).contains(operation)).isEqualTo(settled);

        operations.waiting(operation, "Cancelled by ann; its program is being ended");

        assertThat(operations.settled(List.of(operation))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Attempt 2 of 3, false", "Incident, true"})
    void whatWaitedBeforeWaitsWereKeptEachForItselfIsToldByItsWords(String words, boolean settled) {
        operations.waiting(operation, words);

        assertThat(operations.settled(List.of(operation)).contains(operation)).isEqualTo(settled);
    }

    private void in(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }
}
