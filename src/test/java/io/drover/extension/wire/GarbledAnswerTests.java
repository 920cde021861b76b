package io.drover.extension.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.run.Output;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An error told in JSON never passes for success, however badly it is printed; text does. */
class GarbledAnswerTests {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String MARK = "\uFEFF";
    private static final String ERROR = "{\"status\":\"error\",\"error\":\"no space left on store7\"}";
    private static final String SUCCESS = "{\"status\":\"success\",\"message\":\"done\"}";
    private static final List<String> VERBS = List.of("deploy", "start", "stop", "reboot", "delete", "Make a copy");
    private static final List<String> ANSWERED = List.of("prepare", "status", "statuses", "getconsole");

    private final AnswerReader reader = new AnswerReader(new ObjectMapper());

    /** An error that can be read, once marks and case are seen through. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                MARK + ERROR,
                "\n " + MARK + ERROR,
                MARK + MARK + ERROR + "\n",
                "{\"Status\":\"Error\",\"Error\":\"no space left on store7\"}",
                "{\"STATUS\":\"FAILED\",\"Message\":\"no space left on store7\"}",
                "{\"status\":\"ERROR: quota\",\"message\":\"no space left on store7\"}",
                "{\"status\":\"Error - quota\",\"message\":\"no space left on store7\"}",
                "{\"status\":\"error_quota\",\"message\":\"no space left on store7\"}",
                "{\"status\":\"fail!\",\"reason\":\"no space left on store7\"}",
                "{\"status\":\"exception\",\"reason\":\"no space left on store7\"}",
                "{\"status\":false,\"error\":\"no space left on store7\"}",
                "{\"Success\":false,\"error\":\"no space left on store7\"}",
                "{\"success\":\"No\",\"error\":\"no space left on store7\"}",
                "{\"success\":0,\"error\":\"no space left on store7\"}",
                "{\"status\":\"success\",\"Status\":\"error\",\"error\":\"no space left on store7\"}",
                "{\"ERROR\":{\"message\":\"no space left on store7\"}}",
                "{\"status\":\"error\",\"free\":NaN,\"error\":\"no space left on store7\"}"
            })
    void readsAnErrorThroughMarksAndCase(String printed) {
        for (var verb : all()) {
            assertThat(read(verb, false, 0, printed))
                    .as(verb)
                    .isEqualTo(new Refused("answered-error", "no space left on store7"));
        }
    }

    /** What may be an error and cannot be read. */
    static Stream<String> garbled() {
        return Stream.of(
                "starting\n" + ERROR,
                "starting\n  " + ERROR + "\n",
                "starting\n" + MARK + ERROR,
                ERROR + "\nfinished",
                ERROR + " finished",
                SUCCESS + "\n" + ERROR,
                ERROR + "\n" + SUCCESS,
                SUCCESS + ERROR,
                "one\n" + SUCCESS + "\ntwo\n" + ERROR + "\nthree",
                "starting\n{\n  \"status\": \"error\",\n  \"error\": \"no space left on store7\"\n}",
                "starting\r\n" + ERROR + "\r\n",
                "[" + ERROR + "]",
                "[" + SUCCESS + "," + ERROR + "]",
                "{\"status\":\"error\",\"error\":\"no sp",
                "starting\n{\"status\":\"error\",\"error\":\"no sp",
                "[{\"status\":\"error\"",
                "{'status': 'error', 'error': 'no space'}",
                "{\"status\":\"error\",}",
                "{status: error}",
                "{broken",
                "\"{\\\"status\\\":\\\"error\\\"}\"",
                "\u001b[0m" + ERROR,
                "\u001b[31mstarting\u001b[0m\n\u001b[0m" + ERROR,
                "\uFFFD\uFFFD{\0\"\0s\0t\0a\0t\0u\0s\0\"\0:\0\"\0e\0r\0r\0o\0r\0\"\0}\0",
                "\0" + ERROR,
                MARK + "{\"status\":\"error\"",
                ERROR + "\0");
    }

    @ParameterizedTest
    @MethodSource("garbled")
    void tellsTroubleWhereAnErrorMayHide(String printed) {
        for (var verb : all()) {
            for (var exact : new boolean[] {false, true}) {
                assertThat(read(verb, exact, 0, printed))
                        .as("%s, exact %s", verb, exact)
                        .isInstanceOfSatisfying(Trouble.class, trouble -> assertThat(trouble.code())
                                .isEqualTo("unreadable-answer"));
            }
        }
    }

    /** With {@code answers: cloudstack} an error that can be read is success with exit code 0, a mark before it or not. */
    @ParameterizedTest
    @ValueSource(strings = {ERROR, MARK + ERROR, "{\"Status\":\"Error\"}"})
    void readsExactlyWhatCanBeRead(String printed) {
        for (var verb : VERBS) {
            assertThat(read(verb, true, 0, printed)).as(verb).isInstanceOf(Succeeded.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created",
                "[INFO] created",
                "[2026-01-01 10:00] created",
                "[1/3] copying",
                "error: none",
                "no \"status\": none, {as such}",
                "the answer {\"status\":\"error\"} stands in the middle of a line",
                "<html>{</html>",
                "[1,2]",
                "[\"a\"]",
                "[{\"name\":\"one\"}]",
                "[{\"name\":\"one\",\"status\":\"running\"}]",
                "{\"name\":\"one\"}\n{\"name\":\"two\"}",
                "names:\n{\"name\":\"one\"}",
                "100 %"
            })
    void takesTextAndDataForSuccess(String printed) {
        for (var verb : VERBS) {
            assertThat(read(verb, false, 0, printed))
                    .as(verb)
                    .isInstanceOfSatisfying(Succeeded.class, success -> assertThat(success.notes())
                            .singleElement()
                            .asString()
                            .contains("not a JSON object"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starting\n" + SUCCESS, SUCCESS + "\n" + SUCCESS, SUCCESS + "\nfinished"})
    void takesASuccessAmongOtherLinesUnlessTheAnswerIsNeeded(String printed) {
        for (var verb : VERBS) {
            assertThat(read(verb, false, 0, printed))
                    .as(verb)
                    .isInstanceOfSatisfying(Succeeded.class, success -> assertThat(success.notes())
                            .singleElement()
                            .asString()
                            .contains("print one JSON object"));
        }
        for (var verb : ANSWERED) {
            assertThat(read(verb, false, 0, printed)).as(verb).isInstanceOf(Trouble.class);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("starting\n" + ERROR, "no space left on store7"),
                Arguments.of(MARK + ERROR, "no space left on store7"),
                Arguments.of(SUCCESS + "\n" + ERROR, "no space left on store7"),
                Arguments.of("{\"status\":\"err", "Exit code: 4, Output: {\"status\":\"err"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void findsTheReasonOfARefusal(String printed, String message) {
        assertThat(read("start", false, 4, printed)).isEqualTo(new Refused("exit-code", message));
    }

    /** Exit code, output, code of the trouble. */
    @ParameterizedTest
    @MethodSource("later")
    void readsAWishToBeAskedAgainAsTrouble(int exit, String printed, String code) {
        for (var verb : all()) {
            assertThat(read(verb, false, exit, printed)).as(verb).isInstanceOfSatisfying(Trouble.class, trouble -> {
                assertThat(trouble.code()).isEqualTo(code);
                assertThat(trouble.message()).contains("busy");
            });
        }
    }

    static Stream<Arguments> later() {
        var retryable = "{\"status\":\"error\",\"error\":\"busy\",\"retryable\":true}";
        return Stream.of(
                Arguments.of(75, "busy", "try-again"),
                Arguments.of(75, "{\"status\":\"error\",\"error\":\"busy\"}", "try-again"),
                Arguments.of(0, retryable, "try-again"),
                Arguments.of(1, retryable, "try-again"),
                Arguments.of(137, retryable, "try-again"),
                Arguments.of(1, MARK + retryable.replace("true", "\"True\""), "try-again"),
                Arguments.of(1, "a log\n" + retryable, "try-again"),
                Arguments.of(75, retryable.replace("}", ",\"leftovers\":true}"), "unfinished"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null", "\"no\"", "0"})
    void refusesWhatSaysThatAskingAgainIsOfNoUse(String retryable) {
        var printed = "{\"status\":\"error\",\"error\":\"no\",\"retryable\":" + retryable + "}";

        assertThat(read("start", false, 1, printed)).isEqualTo(new Refused("exit-code", "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"err", MARK + "{", "[{\"a\":1}"})
    void tellsTroubleWhereJsonIsTooLongToBeRead(String beginning) {
        for (var verb : all()) {
            var run = run(0, new Output(beginning, 9_000_000, true));
            assertThat(reader.read(verb, false, run, Duration.ofSeconds(30)))
                    .isInstanceOfSatisfying(
                            Trouble.class, trouble -> assertThat(trouble.code()).isEqualTo("answer-too-large"));
        }
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(VERBS);
        all.addAll(ANSWERED);
        return all;
    }

    private Outcome read(String verb, boolean exact, int exit, String printed) {
        return reader.read(
                verb, exact, run(exit, new Output(printed, printed.length(), false)), Duration.ofSeconds(30));
    }

    private static RunResult run(int exit, Output output) {
        return new RunResult(Ending.EXITED, exit, output, new Output("", 0, false), NOW, NOW, null);
    }
}
