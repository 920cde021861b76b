package io.drover.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.wire.AnswerReader;
import io.drover.extension.wire.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds of every call, whatever was asked. */
final class AnswerChecks {
    private static final char MALFORMED = '\uFFFD';
    private static final Set<String> MUST_ANSWER = Set.of("statuses", "getconsole");

    /** They may answer with the very password that they were given. */
    private static final Set<String> MAY_TELL = Set.of("prepare", "getconsole");

    private final ExtensionManifest manifest;
    private final Findings findings;
    private final AnswerReader answers;
    private final SecretChecks secrets;
    private final Canary canary;
    private final ObjectReader json;

    AnswerChecks(
            ExtensionManifest manifest, Findings findings, Canary canary, SecretChecks secrets, ObjectMapper mapper) {
        this.manifest = manifest;
        this.findings = findings;
        this.canary = canary;
        this.secrets = secrets;
        this.answers = new AnswerReader(mapper);
        this.json = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Looks at a call that should have ended by itself; says what Drover would take it for. */
    Outcome examine(Call call) {
        secrets.examine(call);
        shell(call);
        findings.made(Check.ENDS);
        if (call.timedOut()) {
            findings.fail(Check.ENDS, call.verb() + ": " + call.told(), call);
        } else {
            output(call);
        }
        return read(call);
    }

    /** What Drover would take it for. */
    Outcome read(Call call) {
        return answers.read(
                call.verb(), manifest.exactAnswers(), call.result(), Duration.ofSeconds(call.timeoutSeconds()));
    }

    /** The whole of standard output as a JSON object; null when it is anything else. */
    @Nullable
    JsonNode object(Call call) {
        try {
            var tree = json.readTree(call.output());
            return tree != null && tree.isObject() ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void output(Call call) {
        findings.made(Check.UTF8);
        if (call.output().indexOf(MALFORMED) >= 0 || call.errorOutput().indexOf(MALFORMED) >= 0) {
            findings.fail(Check.UTF8, call.verb() + ": the output is not UTF-8: " + call.told(), call);
        }
        findings.made(Check.ONE_OBJECT);
        findings.made(Check.ERRORS);
        var body = object(call);
        if (body == null) {
            withoutObject(call);
        } else if (call.exitCode() != 0 || saysError(body)) {
            error(call, body);
        } else {
            schema(call, Schemas.ofAnswer(call.verb()), content(body), Check.SCHEMA);
        }
    }

    private void withoutObject(Call call) {
        var text = call.output();
        boolean failed = call.exitCode() != 0;
        if (failed) {
            findings.fail(
                    Check.ERRORS, call.verb() + ": a failure must say why in a JSON object, but " + call.told(), call);
        }
        if (text.isEmpty()) {
            if (!failed && MUST_ANSWER.contains(call.verb())) {
                findings.fail(Check.SCHEMA, call.verb() + " must answer a JSON object, but " + call.told(), call);
            }
            return;
        }
        boolean mixed = text.contains("{") || text.contains("[") || MAY_TELL.contains(call.verb());
        var message = call.verb() + ": standard output must be one JSON object and nothing else, but " + stray(call)
                + call.told();
        if (mixed || failed || MUST_ANSWER.contains(call.verb())) {
            findings.fail(Check.ONE_OBJECT, message, call);
        } else {
            findings.warn(Check.ONE_OBJECT, message + "; exit code 0 counts", call);
        }
    }

    /** What stands around the object, for a person; empty where there is no object. */
    private String stray(Call call) {
        var text = call.output();
        int begin = text.indexOf('{');
        try (var parser = begin < 0 ? null : json.createParser(text.substring(begin))) {
            if (parser == null || parser.readValueAsTree() == null) {
                return "";
            }
            int end = begin + (int) parser.currentLocation().getCharOffset();
            var before = text.substring(0, begin).strip();
            var after = text.substring(end).strip();
            return (before.isEmpty() ? "" : "before it there is \"" + call.excerpt(before) + "\": ")
                    + (after.isEmpty() ? "" : "after it there is \"" + call.excerpt(after) + "\": ");
        } catch (IOException e) {
            return "";
        }
    }

    private void error(Call call, JsonNode body) {
        if (call.exitCode() == 0 && !manifest.exactAnswers()) {
            findings.fail(
                    Check.ERRORS,
                    call.verb() + ": an error must have an exit code other than 0, but " + call.told(),
                    call);
        }
        schema(call, "answer-error", body, Check.ERRORS);
    }

    private void schema(Call call, String schema, JsonNode body, Check check) {
        findings.made(check);
        var problems = Schemas.problems(schema, body);
        if (!problems.isEmpty()) {
            findings.fail(
                    check,
                    call.verb() + ": the answer does not fit schemas/" + schema + ".json: "
                            + String.join("; ", problems) + ". It was " + call.excerpt(body.toString()),
                    call);
        }
    }

    private void shell(Call call) {
        findings.made(Check.SHELL);
        var sprung = canary.sprung(call);
        if (sprung != null) {
            findings.fail(Check.SHELL, call.verb() + ": " + sprung + ": " + call.told(), call);
        }
    }

    private static boolean saysError(JsonNode body) {
        return Set.of("error", "fail", "failed", "failure")
                        .contains(body.path("status").asText().toLowerCase(java.util.Locale.ROOT))
                || body.path("success").asText().equals("false");
    }

    private static JsonNode content(JsonNode body) {
        return body.has("success") && body.path("result").isObject() ? body.path("result") : body;
    }
}
