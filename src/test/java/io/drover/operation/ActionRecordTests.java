package io.drover.operation;

import static io.drover.operation.OperationFixtures.NOW;
import static io.drover.operation.OperationFixtures.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.SecretBox;
import io.drover.extension.run.Output;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.wire.Masking;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.operation.Operation.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ActionRecordTests {
    private static final String SECRET = "s3cr3t-value";

    private final ObjectMapper mapper = new ObjectMapper();
    private final SecretBox box = mock(SecretBox.class);
    private final SealedPatches patches = new SealedPatches(box, mapper);
    private final ActionRecord records = new ActionRecord(
            patches,
            new ActionProperties(
                    Duration.ofMinutes(1), DataSize.ofBytes(60), Duration.ofHours(1), Duration.ofSeconds(10)));

    @Test
    void keepsSecretsAndNulOutOfEverything() {
        var end = records.of(
                dispatch(), result("out " + SECRET + "\0", "err " + SECRET), new Refused("x", "no\0 " + SECRET));

        assertThat(end.output()).isEqualTo("out ******\uFFFD");
        assertThat(end.errorOutput()).isEqualTo("err ******");
        assertThat(end.error()).isEqualTo(new Failure("x", "no\uFFFD ******"));
        assertThat(end.state()).isEqualTo(ActionState.REFUSED);
        assertThat(records.masked(dispatch(), new Trouble("y", "\0" + SECRET)))
                .isEqualTo(new Trouble("y", "\uFFFD******"));
    }

    @Test
    void keepsSecretsThatTurnUpAgainOutOfTheAnswer() throws JsonProcessingException {
        var body = mapper.readTree("{\"echo\":\"" + SECRET + "\"}");

        var end = records.of(dispatch(), result("", ""), new Succeeded(body, List.of("one", "two")));

        assertThat(end.answer()).isEqualTo("{\"echo\":\"******\"}");
        assertThat(end.sealedAnswer()).isNull();
        assertThat(end.notes()).isEqualTo("one\ntwo");
    }

    @Test
    void masksBeforeItCuts() {
        var words = "x".repeat(900) + SECRET + " and more".repeat(20);

        var told = (Refused) records.masked(dispatch(), new Refused("x", words));

        assertThat(told.message())
                .hasSize(1000)
                .startsWith("x".repeat(900) + "****** and more")
                .endsWith("characters; more is in the outputs)");
    }

    @Test
    void leavesNoPartOfASecretBesideWhatWasDropped() {
        var text = "begin " + SECRET.substring(0, 8) + "\n[... 9999 bytes cut ...]\n" + SECRET.substring(5);

        var end = records.of(dispatch(), cut(text), new Succeeded(null, List.of()));

        assertThat(end.output()).isEqualTo("begin ******\n[... 9999 bytes cut ...]\n******");
    }

    @Test
    void knowsFromOneOutputWhatItTakesOutOfTheOther() {
        var result = result("found tk-4711-x", "{\"token\":\"tk-4711-x\"}");
        var dispatch = dispatch();

        records.learn(dispatch, result);

        assertThat(records.of(dispatch, result, new Succeeded(null, List.of())).output())
                .isEqualTo("found ******");
    }

    @Test
    void recordsHeadAndTailOfALongOutput() {
        var end = records.of(dispatch(), result("a".repeat(40) + "b".repeat(40), ""), new Succeeded(null, List.of()));

        assertThat(end.output()).isEqualTo("a".repeat(30) + "\n[... 20 characters left out ...]\n" + "b".repeat(30));
    }

    @Test
    void sealsThePatchOfPrepare() throws JsonProcessingException {
        var body = mapper.readTree("{\"vncPassword\":\"open\"}");
        when(box.seal(startsWith("{\"patch\":{\"vncPassword\":\"open\"},\"secrets\":[")))
                .thenReturn("sealed");
        var dispatch = dispatch();
        var prepare = mock(Action.class);
        when(prepare.verb()).thenReturn("prepare");

        var end = records.of(
                new Dispatch(prepare, null, dispatch.masking(), false), result("", ""), new Succeeded(body, List.of()));

        assertThat(end.sealedAnswer()).isEqualTo("sealed");
        assertThat(end.answer()).isEqualTo("{\"vncPassword\":\"******\"}");
    }

    private Dispatch dispatch() {
        var masking = new Masking(mapper, Set.of());
        masking.json(mapper.createObjectNode().put("password", SECRET));
        var action = action(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), null, NOW);
        return new Dispatch(action, null, masking, false);
    }

    private static RunResult cut(String text) {
        return new RunResult(
                Ending.EXITED, 0, new Output(text, 10_000, true), new Output("", 0, false), NOW, NOW, null);
    }

    private static RunResult result(String output, String errorOutput) {
        return new RunResult(
                Ending.EXITED, 0, new Output(output, 1, false), new Output(errorOutput, 1, false), NOW, NOW, null);
    }
}
