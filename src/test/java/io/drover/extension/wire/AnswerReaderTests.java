package io.drover.extension.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.run.Output;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.wire.Outcome.Cancelled;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTests {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AnswerReader reader = new AnswerReader(new ObjectMapper());

    /** Verb, output with exit code 0, the body that is passed on; {@code -} is none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "prepare; ``; -",
                "prepare; {}; {}",
                "prepare; {\"details\":{\"a\":\"b\"}}; {\"details\":{\"a\":\"b\"}}",
                "prepare; {\"Leftovers\":true,\"details\":{}}; {\"details\":{}}",
                "custom; {\"leftovers\":true}; {\"leftovers\":true}",
                "prepare; {\"status\":\"success\",\"details\":{}}; {\"details\":{}}",
                "prepare; {\"success\":true,\"result\":{\"nics\":[]}}; {\"nics\":[]}",
                "deploy; ``; -",
                "deploy; {\"status\":\"success\",\"message\":\"Instance created\"}; {}",
                "deploy; {\"success\":true,\"result\":{}}; {}",
                "deploy; {\"status\":\"SUCCESS\",\"error\":\"\"}; {\"error\":\"\"}",
                "start; {\"status\":\"success\"}; {}",
                "start; {\"success\":true}; {}",
                "start; {\"error\":null}; {\"error\":null}",
                "start; {\"error\":false}; {\"error\":false}",
                "start; {\"error\":{}}; {\"error\":{}}",
                "start; {\"status\":\"success\",\"error\":\"none\"}; {\"error\":\"none\"}",
                "stop; {\"status\":\"success\"}; {}",
                "reboot; {\"status\":\"success\"}; {}",
                "delete; {\"status\":\"success\"}; {}",
                "status; {\"status\":\"success\",\"power_state\":\"poweron\"}; {\"power_state\":\"poweron\"}",
                "status; PowerOn; {\"power_state\":\"PowerOn\"}",
                "status; ` poweroff  `; {\"power_state\":\"poweroff\"}",
                "status; ``; {\"power_state\":\"\"}",
                "status; running; {\"power_state\":\"running\"}",
                "prepare; {\"details\":{\"a\":6.10,\"b\":1e3,\"c\":-0}}; {\"details\":{\"a\":\"6.10\",\"b\":\"1e3\",\"c\":\"-0\"}}",
                "prepare; {\"result\":{\"details\":{\"a\":1.0}},\"success\":true}; {\"details\":{\"a\":\"1.0\"}}",
                "snapshot; {\"size\":6.10,\"details\":{\"a\":1.0}}; {\"size\":6.10,\"details\":{\"a\":1.0}}",
                "start; \uFEFF{\"status\":\"success\"}; {}",
                "start; {\"Status\":\"Success\",\"Message\":\"x\"}; {}",
                "start; {\"status\":\"stopped\"}; {}",
                "start; {\"status\":\"running\",\"errors\":[]}; {\"errors\":[]}",
                "getconsole; {\"console\":{\"url\":\"https://c\"}}; {\"console\":{\"url\":\"https://c\"}}",
                "getconsole; {\"console\":{\"host\":\"h\",\"port\":5900}}; {\"console\":{\"host\":\"h\",\"port\":5900}}",
                "getconsole; {\"console\":{\"host\":\"h\",\"port\":\"59\"}}; {\"console\":{\"host\":\"h\",\"port\":\"59\"}}",
                "snapshot; {\"snapshots\":[1]}; {\"snapshots\":[1]}"
            })
    void readsASuccess(String verb, String output, String body) {
        var outcome = read(verb, false, exited(0, output, ""));

        assertThat(outcome).isInstanceOf(Succeeded.class);
        assertThat(String.valueOf(((Succeeded) outcome).body())).isEqualTo(body.equals("-") ? "null" : body);
        assertThat(((Succeeded) outcome).notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "prepare; text; must be one JSON object but is: text",
                "prepare; []; must be one JSON object",
                "prepare; {} {}; must be one JSON object",
                "prepare; PowerOn; must be one JSON object",
                "getconsole; ''; must be one JSON object",
                "getconsole; []; must be one JSON object",
                "getconsole; {}; Missing console object in output",
                "getconsole; {\"console\":\"here\"}; Missing console object in output",
                "getconsole; {\"console\":{}}; Missing required fields in output",
                "getconsole; {\"console\":{\"host\":\"h\"}}; Missing required fields in output",
                "getconsole; {\"console\":{\"port\":1}}; Missing required fields in output",
                "getconsole; {\"console\":{\"host\":\"h\",\"port\":\"x\"}}; Missing required fields in output"
            })
    void tellsTroubleWhereAnAnswerIsNeededAndCannotBeRead(String verb, String output, String message) {
        assertThat(read(verb, false, exited(0, output, ""))).isInstanceOfSatisfying(Trouble.class, trouble -> {
            assertThat(trouble.code()).isEqualTo("unreadable-answer");
            assertThat(trouble.message()).contains(message);
        });
    }

    /** Errors told with exit code 0, and what a person is told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"status\":\"error\",\"error\":\"no disk\"}; no disk",
                "{\"status\":\"Error\",\"message\":\" no disk \"}; no disk",
                "{\"status\":\"failed\",\"reason\":\"no disk\"}; no disk",
                "{\"status\":\"fail\",\"error_message\":\"no disk\"}; no disk",
                "{\"status\":\"failure\"}; It answered an error without saying which",
                "{\"success\":false,\"error\":{\"code\":\"E1\",\"message\":\"no disk\"}}; no disk",
                "{\"success\":\"false\",\"message\":\"no disk\"}; no disk",
                "{\"status\":\"success\",\"success\":false}; It answered an error without saying which",
                "{\"error\":\"no disk\"}; no disk",
                "{\"error\":{\"message\":\"no disk\"}}; no disk",
                "{\"error\":[\"no disk\"]}; It answered an error without saying which",
                "{\"error\":true,\"message\":\"no disk\"}; no disk",
                "{\"status\":\"stopped\",\"error\":\"no disk\"}; no disk"
            })
    void readsAnErrorToldWithExitCodeZeroAsARefusalUnlessReadExactly(String output, String message) {
        for (var verb : new String[] {"deploy", "start", "stop", "reboot", "delete", "status", "prepare", "snapshot"}) {
            assertThat(read(verb, false, exited(0, output, ""))).isEqualTo(new Refused("answered-error", message));
            assertThat(read(verb, true, exited(0, output, ""))).isInstanceOf(Succeeded.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; {\"status\":\"error\",\"error\":\"no disk\"}; ''; exit-code; no disk",
                "1; {\"success\":false,\"error\":{\"message\":\"no disk\"}}; ''; exit-code; no disk",
                "3; plain; ''; exit-code; Exit code: 3, Output: plain",
                "3; ''; on stderr; exit-code; Exit code: 3, Output: on stderr",
                "3; out; err; exit-code; Exit code: 3, Output: out|err",
                "3; ''; ''; exit-code; Exit code: 3, Output: (nothing)",
                "255; x; ''; exit-code; Exit code: 255, Output: x",
                "126; {\"error\":\"mine\"}; ''; exit-code; mine",
                "137; {\"error\":\"mine\"}; ''; exit-code; mine",
                "2; {\"a\":1}; ''; exit-code; Exit code: 2, Output: {\"a\":1}"
            })
    void readsAnotherExitCodeAsARefusal(int exit, String output, String error, String code, String message) {
        for (var exact : new boolean[] {true, false}) {
            assertThat(read("stop", exact, exited(exit, output, error)))
                    .isEqualTo(new Refused(code, message.replace("|", "\n")));
        }
    }

    @ParameterizedTest
    @CsvSource({"126,not-executable", "127,not-executable", "137,died", "143,died", "129,died", "192,died"})
    void readsAProgramThatDidNotRunOrWasKilledAsTrouble(int exit, String code) {
        assertThat(read("start", false, exited(exit, "", "gone")))
                .isInstanceOfSatisfying(
                        Trouble.class, trouble -> assertThat(trouble.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @EnumSource(names = "EXITED", mode = EnumSource.Mode.EXCLUDE)
    void readsARunThatDidNotEndByItself(Ending ending) {
        var expected =
                switch (ending) {
                    case TIMED_OUT -> "timed-out";
                    case LOST -> "lost";
                    default -> "not-started";
                };
        var outcome = read("start", false, run(ending, null, new Output("{\"status\":\"success\"}", 20, false), ""));

        if (ending == Ending.CANCELLED) {
            assertThat(outcome).isInstanceOf(Cancelled.class);
        } else {
            assertThat(outcome).isInstanceOfSatisfying(Trouble.class, trouble -> assertThat(trouble.code())
                    .isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "getconsole"})
    void tellsTroubleWhereANeededAnswerWasCut(String verb) {
        assertThat(read(verb, false, run(Ending.EXITED, 0, new Output("{}", 9_000_000, true), "")))
                .isInstanceOfSatisfying(
                        Trouble.class, trouble -> assertThat(trouble.code()).isEqualTo("answer-too-large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "stop", "status", "snapshot"})
    void countsExitCodeZeroWhereTheOutputWasCut(String verb) {
        var outcome = (Succeeded) read(verb, false, run(Ending.EXITED, 0, new Output("a log", 9_000_000, true), ""));

        assertThat(outcome.body()).isNull();
        assertThat(outcome.notes()).singleElement().asString().contains("9000000 bytes");
    }

    @Test
    void quotesAllOfALongOutputSinceWhoMasksItCutsIt() {
        var outcome = (Refused) read("stop", false, exited(1, "x".repeat(5000), ""));

        assertThat(outcome.message()).contains("x".repeat(5000));
    }

    private Outcome read(String verb, boolean exact, RunResult run) {
        return reader.read(verb, exact, run, Duration.ofSeconds(30));
    }

    @Test
    void saysWhatProbablyEndedAProgramAndWhyItIsLost() {
        var none = new Output("", 0, false);
        var killed = new RunResult(Ending.EXITED, 152, none, none, NOW, NOW, "it used too much");
        var lost = new RunResult(Ending.LOST, null, none, none, NOW, NOW, "its files were deleted");

        assertThat(read("start", false, killed))
                .isEqualTo(new Trouble("died", "It was ended by signal 24 before it answered: it used too much"));
        assertThat(read("start", false, lost))
                .isEqualTo(new Trouble("lost", "It is gone and left no exit code: its files were deleted"));
    }

    private static RunResult exited(int code, String output, String errorOutput) {
        return run(Ending.EXITED, code, new Output(output, output.length(), false), errorOutput);
    }

    private static RunResult run(Ending ending, @Nullable Integer code, Output output, String errorOutput) {
        var errors = new Output(errorOutput, errorOutput.length(), false);
        return new RunResult(ending, code, output, errors, NOW, NOW, null);
    }

    @ParameterizedTest
    @CsvSource({"0,'{\"error\":\"no\"}'", "1,'{\"error\":\"no\"}'", "1,no"})
    void addsWhatProbablyLedToARefusal(int code, String text) {
        var run = new RunResult(
                Ending.EXITED,
                code,
                new Output(text, text.length(), false),
                new Output("", 0, false),
                NOW,
                NOW,
                "perhaps a wall");

        var outcome = reader.read("start", false, run, Duration.ofSeconds(1));

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.message())
                .contains("no")
                .endsWith(" (perhaps a wall)"));
    }
}
