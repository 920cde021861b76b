package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.run.RunResult;
import io.drover.extension.wire.Outcome.Cancelled;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what a run means (contract 1.2 and 1.3), with two differences that docs/extensions.md explains: stderr is not part
 * of the answer, and an error told in JSON with exit code 0 is a refusal unless the extension asks for CloudStack's exact
 * reading.
 */
@Component
public class AnswerReader {
    private static final String GETCONSOLE = "getconsole";
    private static final Set<String> MUST_BE_OBJECT = Set.of("prepare", GETCONSOLE);
    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private final JsonAnswer json;

    /** @param mapper reads the answers */
    public AnswerReader(ObjectMapper mapper) {
        this.json = new JsonAnswer(mapper);
    }

    /**
     * @param verb Drover's name of the verb, e.g. {@code deploy}
     * @param exact whether exit code 0 is a success whatever the body says, as in CloudStack
     */
    public Outcome read(String verb, boolean exact, RunResult run, Duration timeout) {
        return switch (run.ending()) {
            case TIMED_OUT ->
                new Trouble(
                        "timed-out",
                        "It was still running after its timeout of " + timeout.toSeconds() + " s and was ended"
                                + (run.failure() == null ? " with all its processes" : ", but " + run.failure()));
            case CANCELLED -> new Cancelled("It was ended because its operation was cancelled");
            case LOST -> new Trouble(Trouble.LOST, "It is gone and left no exit code: " + lossOf(run));
            case NOT_STARTED -> new Trouble("not-started", "The operating system did not start it: " + run.failure());
            case EXITED -> exited(verb, exact, run);
        };
    }

    private Outcome exited(String verb, boolean exact, RunResult run) {
        int code = java.util.Objects.requireNonNull(run.exitCode());
        var body = run.output().cut() ? null : json.object(run.output().text());
        if (code == 0) {
            return succeeded(verb, exact, run, body);
        }
        var said = body == null ? null : json.errorMessage(body);
        if (said == null && (code == 126 || code == 127)) {
            return new Trouble("not-executable", "It could not be executed (exit code " + code + "): " + words(run));
        }
        if (said == null && code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL) {
            return new Trouble(
                    "died",
                    "It was ended by signal " + (code - SIGNAL_BASE) + " before it answered"
                            + (run.failure() == null ? "" : ": " + run.failure()));
        }
        var reason = said != null ? said : "Exit code: " + code + ", Output: " + words(run);
        return new Refused("exit-code", withCause(reason, run));
    }

    private static String withCause(String reason, RunResult run) {
        return run.failure() == null ? reason : reason + " (" + run.failure() + ")";
    }

    private Outcome succeeded(String verb, boolean exact, RunResult run, @Nullable JsonNode body) {
        if (body == null) {
            return withoutBody(verb, run);
        }
        if (!exact && json.saysError(body)) {
            var said = json.errorOr(body, "It answered an error without saying which");
            return new Refused("answered-error", withCause(said, run));
        }
        var answer = json.withoutEnvelope(body);
        var flaw = verb.equals(GETCONSOLE) ? ConsoleAnswer.flaw(answer) : null;
        return flaw == null ? new Succeeded(answer, List.of()) : new Trouble("unreadable-answer", flaw);
    }

    private Outcome withoutBody(String verb, RunResult run) {
        var text = run.output().text().strip();
        if (verb.equals("prepare") && text.isEmpty()) {
            return new Succeeded(null, List.of());
        }
        if (MUST_BE_OBJECT.contains(verb)) {
            return run.output().cut()
                    ? new Trouble(
                            "answer-too-large",
                            "It printed " + run.output().bytes() + " bytes; see drover.runner.max-output")
                    : new Trouble("unreadable-answer", "The answer must be one JSON object but is: " + excerpt(text));
        }
        if (run.output().cut()) {
            return new Succeeded(
                    null,
                    List.of("It printed " + run.output().bytes()
                            + " bytes, too many to read as an answer; exit code 0 counts"));
        }
        if (verb.equals("status")) {
            return new Succeeded(json.powerState(text), List.of());
        }
        return new Succeeded(
                null,
                text.isEmpty() ? List.of() : List.of("The answer is not a JSON object; exit code 0 counts as success"));
    }

    private static String lossOf(RunResult run) {
        return run.failure() == null ? "something ended it from outside" : run.failure();
    }

    private static String words(RunResult run) {
        return excerpt(
                (run.output().text().strip() + "\n" + run.errorOutput().text().strip()).strip());
    }

    private static String excerpt(String text) {
        return text.isEmpty() ? "(nothing)" : text.length() <= 500 ? text : text.substring(0, 500) + " ...";
    }
}
