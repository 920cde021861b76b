package io.drover.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ParameterDefinition;
import io.drover.extension.wire.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The custom actions of the manifest, each asked once of a VM that is on. */
final class ActionChecks {
    private static final String UNKNOWN = "Drover Conformance unknown action";

    private final List<ActionDefinition> actions;
    private final Predicate<String> wanted;
    private final Program program;
    private final GoldenPayloads payloads;
    private final AnswerChecks answers;
    private final Findings findings;
    private final ObjectMapper json;

    ActionChecks(
            List<ActionDefinition> actions,
            Predicate<String> wanted,
            Program program,
            GoldenPayloads payloads,
            AnswerChecks answers,
            Findings findings,
            ObjectMapper json) {
        this.actions = actions;
        this.wanted = wanted;
        this.program = program;
        this.payloads = payloads;
        this.answers = answers;
        this.findings = findings;
        this.json = json;
    }

    void make(Scenario life) {
        actions.stream().filter(action -> wanted.test(action.name())).forEach(action -> answers(action, life));
        refusesUnknown(life);
    }

    /** An action may say no to values that mean nothing to it, but it knows its name and keeps to the form. */
    private void answers(ActionDefinition action, Scenario life) {
        findings.made(Check.ACTIONS);
        var payload = payloads.ofAction(action.name(), parameters(action), action.details(), life.vm());
        var timeout = Duration.ofSeconds(action.timeoutSeconds());
        var limit = timeout.compareTo(program.timeout(action.name())) < 0 ? timeout : program.timeout(action.name());
        var step = life.follow(program.call(action.name(), payload, limit));
        var call = step.call();
        if (step.outcome() instanceof Outcome.Trouble || call.exitCode() > 125) {
            findings.fail(Check.ACTIONS, "the action " + action.name() + " must answer, but " + call.told(), call);
        } else if (step.outcome() instanceof Outcome.Refused) {
            findings.warn(
                    Check.ACTIONS,
                    "the action " + action.name() + " said no to the kit's values, which it may: " + call.told(),
                    call);
        }
    }

    private void refusesUnknown(Scenario life) {
        findings.made(Check.UNKNOWN_ACTION);
        var payload = payloads.ofAction(UNKNOWN, json.createObjectNode(), java.util.Map.of(), life.vm());
        var step = life.follow(program.call(UNKNOWN, payload));
        if (step.call().exitCode() == 0 || answers.object(step.call()) == null) {
            findings.fail(
                    Check.UNKNOWN_ACTION,
                    "it must be refused with an exit code other than 0 and a JSON object, but "
                            + step.call().told(),
                    step.call());
        }
    }

    private ObjectNode parameters(ActionDefinition action) {
        var values = json.createObjectNode();
        action.parameters().stream()
                .filter(ParameterDefinition::required)
                .forEach(parameter -> SampleValues.put(values, parameter));
        return values;
    }
}
