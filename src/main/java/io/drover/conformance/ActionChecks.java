package io.drover.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ParameterDefinition;
import io.drover.extension.manifest.ParameterDefinition.Type;
import io.drover.extension.manifest.ParameterDefinition.ValidationFormat;
import io.drover.extension.wire.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The custom actions of the manifest, each asked of a VM that is on: once as people ask, and with odd texts. */
final class ActionChecks {
    private static final List<String> UNKNOWN =
            List.of("Drover Conformance unknown action", "DroverConformanceUnknownAction");

    private final List<ActionDefinition> actions;
    private final Predicate<String> wanted;
    private final Program program;
    private final GoldenPayloads payloads;
    private final AnswerChecks answers;
    private final ShellChecks shell;
    private final Findings findings;
    private final ObjectMapper json;

    ActionChecks(
            List<ActionDefinition> actions,
            Predicate<String> wanted,
            Program program,
            GoldenPayloads payloads,
            AnswerChecks answers,
            ShellChecks shell,
            Findings findings,
            ObjectMapper json) {
        this.actions = actions;
        this.wanted = wanted;
        this.program = program;
        this.payloads = payloads;
        this.answers = answers;
        this.shell = shell;
        this.findings = findings;
        this.json = json;
    }

    void make(Scenario life) {
        var refusals = refusesUnknown(life);
        for (var action : actions) {
            if (wanted.test(action.name()) && answers(action, life, refusals)) {
                odd(action, life);
            }
        }
    }

    /** An action may say no to values that mean nothing to it, but it knows its name and keeps to the form. */
    private boolean answers(ActionDefinition action, Scenario life, Set<String> refusals) {
        findings.made(Check.ACTIONS);
        findings.made(Check.KNOWN_ACTION);
        var step = ask(action, parameters(action), life);
        var call = step.call();
        if (step.outcome() instanceof Outcome.Trouble || call.exitCode() > 125) {
            findings.fail(Check.ACTIONS, "the action " + action.name() + " must answer, but " + call.told(), call);
            return false;
        }
        if (!(step.outcome() instanceof Outcome.Refused)) {
            return true;
        }
        boolean unknown = refusals.contains(refusal(call, action.name()));
        if (unknown) {
            findings.fail(
                    Check.KNOWN_ACTION,
                    "the action " + action.name()
                            + " is in the manifest, but the program answers as to any name that it" + " does not know: "
                            + call.told(),
                    call);
        } else {
            findings.warn(
                    Check.ACTIONS,
                    "the action " + action.name() + " said no to the kit's values, which it may: " + call.told(),
                    call);
        }
        return !unknown;
    }

    /** What is said to names that nobody can know, without the name. */
    private Set<String> refusesUnknown(Scenario life) {
        findings.made(Check.UNKNOWN_ACTION);
        Set<String> refusals = new HashSet<>();
        for (var name : UNKNOWN) {
            var payload = payloads.ofAction(name, json.createObjectNode(), Map.of(), life.vm());
            var call = life.follow(program.call(name, payload)).call();
            if (call.exitCode() == 0 || answers.object(call) == null) {
                findings.fail(
                        Check.UNKNOWN_ACTION,
                        "it must be refused with an exit code other than 0 and a JSON object, but " + call.told(),
                        call);
            } else {
                refusals.add(refusal(call, name));
            }
        }
        return refusals;
    }

    private static String refusal(Call call, String name) {
        return call.exitCode() + call.output().toLowerCase(Locale.ROOT).replace(name.toLowerCase(Locale.ROOT), "?");
    }

    private void odd(ActionDefinition action, Scenario life) {
        var free = action.parameters().stream().filter(ActionChecks::isFreeText).toList();
        if (free.isEmpty()) {
            return;
        }
        for (var bait : shell.baits()) {
            var values = parameters(action);
            free.forEach(parameter -> values.put(parameter.name(), bait.text()));
            shell.proper(bait.name(), ask(action, values, life).call());
        }
    }

    private Scenario.Step ask(ActionDefinition action, ObjectNode parameters, Scenario life) {
        var payload = payloads.ofAction(action.name(), parameters, action.details(), life.vm());
        var own = Duration.ofSeconds(action.timeoutSeconds());
        var usual = program.timeout(action.name());
        return life.follow(program.call(action.name(), payload, own.compareTo(usual) < 0 ? own : usual));
    }

    private static boolean isFreeText(ParameterDefinition parameter) {
        return parameter.type() == Type.STRING
                && parameter.validationFormat() == ValidationFormat.NONE
                && parameter.options().isEmpty();
    }

    private ObjectNode parameters(ActionDefinition action) {
        var values = json.createObjectNode();
        action.parameters().stream()
                .filter(ParameterDefinition::required)
                .forEach(parameter -> SampleValues.put(values, parameter));
        return values;
    }
}
