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
    private static final String PREPARE = "prepare";
    private static final String GETCONSOLE = "getconsole";
    private static final Set<String> MUST_BE_OBJECT = Set.of(PREPARE, GETCONSOLE);

    /** Verbs whose answer is needed, so that it must not have to be looked for. */
    private static final Set<String> ANSWERED = Set.of(PREPARE, GETCONSOLE, "status", "statuses");

    private static final String AMONG_OTHERS =
            "The answer is not the only output, so only its success counts; print one JSON object and log to stderr";

    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private static final String UNREADABLE = "unreadable-answer";

    /** EX_TEMPFAIL of sysexits.h: the program asks to be asked again later. */
    private static final int TRY_LATER = 75;

    private final JsonAnswer json;
    private final AnswerTextReader texts;

    /** @param mapper reads the answers */
    public AnswerReader(ObjectMapper mapper) {
        this.json = new JsonAnswer(mapper);
        this.texts = new AnswerTextReader(mapper, json);
    }

    /**
     * Messages have all that the program said, secrets included: they must be masked, and then cut, before anybody is told.
     *
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
        if (code == 0) {
            return succeeded(verb, exact, run);
        }
        var body = run.output().cut() ? null : texts.read(run.output().text()).words();
        var said = body == null ? null : json.errorMessage(body);
        if (code == TRY_LATER || body != null && json.saysRetryable(body)) {
            return tryAgain(body, said != null ? said : "It asks to be asked again: " + words(run));
        }
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
        return new Refused("exit-code", withCause(reason, run), body != null && json.saysLeftovers(body));
    }

    private static String withCause(String reason, RunResult run) {
        return run.failure() == null ? reason : reason + " (" + run.failure() + ")";
    }

    private Trouble tryAgain(@Nullable JsonNode body, String message) {
        boolean unfinished = body != null && json.saysLeftovers(body);
        return new Trouble(unfinished ? Trouble.UNFINISHED : Trouble.TRY_AGAIN, message);
    }

    private Outcome succeeded(String verb, boolean exact, RunResult run) {
        if (run.output().cut()) {
            return cut(verb, run);
        }
        var text = texts.read(run.output().text());
        if (text instanceof AnswerText.Said said) {
            boolean patch = verb.equals(PREPARE);
            var body = patch ? texts.withDetailsAsWritten(run.output().text()) : said.body();
            return answered(verb, exact, run, body);
        }
        boolean mixed = text instanceof AnswerText.Mixed;
        if (text instanceof AnswerText.Garbled || mixed && ANSWERED.contains(verb)) {
            return new Trouble(
                    UNREADABLE,
                    "The answer must be one JSON object and nothing else, but is: "
                            + orNothing(run.output().text().strip()));
        }
        return mixed ? new Succeeded(null, List.of(AMONG_OTHERS)) : withoutBody(verb, run);
    }

    private Outcome answered(String verb, boolean exact, RunResult run, JsonNode body) {
        if (!exact && json.saysError(body)) {
            var message = withCause(json.errorOr(body, "It answered an error without saying which"), run);
            return json.saysRetryable(body)
                    ? tryAgain(body, message)
                    : new Refused("answered-error", message, json.saysLeftovers(body));
        }
        if (verb.equals(PREPARE)) {
            return new Succeeded(json.patch(body), List.of(), json.saysLeftovers(body));
        }
        var answer = json.withoutEnvelope(body);
        var flaw = verb.equals(GETCONSOLE) ? ConsoleAnswer.flaw(answer) : null;
        var notes = verb.equals("status") ? json.powerNotes(body) : List.<String>of();
        return flaw == null ? new Succeeded(answer, notes) : new Trouble(UNREADABLE, flaw);
    }

    /** What is too long to be read is no success where an error may be in it. */
    private static Outcome cut(String verb, RunResult run) {
        var printed = "It printed " + run.output().bytes() + " bytes";
        return MUST_BE_OBJECT.contains(verb)
                        || AnswerTextReader.beginsLikeJson(run.output().text())
                ? new Trouble("answer-too-large", printed + "; see drover.runner.max-output")
                : new Succeeded(null, List.of(printed + ", too many to read as an answer; exit code 0 counts"));
    }

    private Outcome withoutBody(String verb, RunResult run) {
        var text = AnswerTextReader.trimmed(run.output().text());
        if (verb.equals(PREPARE) && text.isEmpty()) {
            return new Succeeded(null, List.of());
        }
        if (MUST_BE_OBJECT.contains(verb)) {
            return new Trouble(UNREADABLE, "The answer must be one JSON object but is: " + orNothing(text));
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
        return orNothing(
                (run.output().text().strip() + "\n" + run.errorOutput().text().strip()).strip());
    }

    /** All of it: what is cut before it is masked may end in a part of a secret. */
    private static String orNothing(String text) {
        return text.isEmpty() ? "(nothing)" : text;
    }
}
