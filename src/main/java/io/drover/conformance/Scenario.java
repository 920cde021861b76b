package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.run.Remnant;
import io.drover.extension.wire.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Calls for one VM after another, and the processes that they leave. What lives on after deploy, start or reboot is taken for
 * the VM itself, as long as it is gone after the VM has been deleted.
 */
final class Scenario {
    private static final Set<String> MAKE_VM_RUN = Set.of("deploy", "start", "reboot");
    private static final int LOOKS = 20;

    private final Program program;
    private final GoldenPayloads payloads;
    private final AnswerChecks answers;
    private final Findings findings;
    private final TestVm vm;
    private final long since = Remnant.clock();
    private final List<UUID> runs = new ArrayList<>();

    Scenario(Program program, GoldenPayloads payloads, AnswerChecks answers, Findings findings, TestVm vm) {
        this.program = program;
        this.payloads = payloads;
        this.answers = answers;
        this.findings = findings;
        this.vm = vm;
    }

    /** What a call came to. */
    record Step(Call call, Outcome outcome) {

        boolean succeeded() {
            return outcome instanceof Outcome.Succeeded;
        }
    }

    TestVm vm() {
        return vm;
    }

    /** The usual payload of the verb. */
    com.fasterxml.jackson.databind.node.ObjectNode payload(String verb) {
        return payloads.of(verb, vm);
    }

    /** Asks with the usual payload and expects success; says whether it was. */
    boolean succeeds(Check check, String verb) {
        return succeeds(check, verb, payload(verb));
    }

    boolean succeeds(Check check, String verb, JsonNode payload) {
        return succeeded(check, ask(verb, payload));
    }

    /** Asks; what holds of every call is looked at. */
    Step ask(String verb, JsonNode payload) {
        return follow(program.call(verb, payload));
    }

    /** Looks at a call that was made for this VM. */
    Step follow(Call call) {
        runs.add(call.actionId());
        leftBehind(call);
        return new Step(call, answers.examine(call));
    }

    /** Remembers a call that may have made the VM run, whatever came of it. */
    void noteRun(Call call) {
        runs.add(call.actionId());
    }

    /** Notes the check, which fails unless the call was a success. */
    boolean succeeded(Check check, Step step) {
        findings.made(check);
        var call = step.call();
        if (!step.succeeded()) {
            findings.fail(check, call.verb() + " must succeed here, but " + call.told(), call);
        }
        if (step.succeeded() && call.verb().equals("deploy")) {
            vm.deployed();
        }
        return step.succeeded();
    }

    /** Asks for the VM's power, which must be one of these. */
    void powerIs(Check check, Set<String> allowed) {
        findings.made(check);
        var step = ask("status", payload("status"));
        var power = step.outcome() instanceof Outcome.Succeeded succeeded && succeeded.body() != null
                ? succeeded.body().path("power_state").asText().strip().toLowerCase(Locale.ROOT)
                : "";
        if (!step.succeeded() || !allowed.contains(power)) {
            findings.fail(
                    check,
                    "status must answer " + allowed + " here, but "
                            + step.call().told(),
                    step.call());
        }
    }

    /** Deletes the VM; nothing of it may run after that. */
    boolean isDeleted(Check check) {
        var step = ask("delete", payload("delete"));
        boolean deleted = succeeded(check, step);
        findings.made(Check.LEFT_AFTER_DELETE);
        var left = left();
        for (int look = 1; look < LOOKS && !left.isEmpty(); look++) {
            Program.pause();
            left = left();
        }
        if (!left.isEmpty()) {
            findings.fail(
                    Check.LEFT_AFTER_DELETE,
                    "the VM was deleted, but there still runs "
                            + left.stream().map(Remnant::command).toList(),
                    step.call());
        }
        left.forEach(Remnant::end);
        return deleted;
    }

    private List<Remnant> left() {
        return Remnant.of(runs, since);
    }

    private void leftBehind(Call call) {
        findings.made(Check.LEFT_BEHIND);
        if (call.remnants().isEmpty() || MAKE_VM_RUN.contains(call.verb())) {
            return;
        }
        findings.fail(
                Check.LEFT_BEHIND,
                call.verb() + " ended but left running: "
                        + call.remnants().stream().map(Remnant::command).toList(),
                call);
        call.remnants().forEach(Remnant::end);
    }
}
