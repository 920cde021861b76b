package io.drover.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.run.Remnant;
import io.drover.extension.wire.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** Bad input and odd calls, none of which gives the extension a reason to make a VM. */
final class ProtocolChecks {
    /** What says no should say it soon. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String UNKNOWN = "DroverConformanceUnknownVerb";
    private static final String DEPLOY = "deploy";
    private static final Set<String> ASKS_AGAIN = Set.of(Outcome.Trouble.TRY_AGAIN, Outcome.Trouble.UNFINISHED);
    private static final String STATUS = "status";

    private final Program program;
    private final GoldenPayloads payloads;
    private final AnswerChecks answers;
    private final Findings findings;

    ProtocolChecks(Program program, GoldenPayloads payloads, AnswerChecks answers, Findings findings) {
        this.program = program;
        this.payloads = payloads;
        this.answers = answers;
        this.findings = findings;
    }

    void make() {
        var good = payloads.of(STATUS, new TestVm(1));
        arguments(good);
        refused(Check.UNKNOWN_VERB, program.call(UNKNOWN, good, soon()));
        refused(Check.NOT_JSON, program.callWith(DEPLOY, bytes("{\"virtualmachineid\": \"conformance"), soon()));
        refused(Check.NOT_JSON, program.callWith(DEPLOY, bytes("conformance"), soon()));
        refused(Check.EMPTY_PAYLOAD, program.callWith(DEPLOY, new byte[0], soon()));
        refused(
                Check.MISSING_PAYLOAD,
                program.callBy("exec \"$entry\" \"$1\" \"$2.missing\" \"$3\"", DEPLOY, good, soon()));
        ObjectNode without = good.deepCopy();
        without.remove("cloudstack.vm.details");
        answered(Check.NO_VM_DETAILS, program.call("stop", without, soon()));
        ObjectNode nobody = without.deepCopy();
        nobody.remove(java.util.List.of("virtualmachineid", "virtualmachinename"));
        refused(Check.NO_VM, program.call(DEPLOY, nobody, soon()));
        standardInput(good);
        environment(good);
        timeout(good);
    }

    private void arguments(ObjectNode good) {
        refused(Check.ARGUMENTS, program.callBy("exec \"$entry\"", DEPLOY, good, soon()));
        refused(Check.ARGUMENTS, program.callBy("exec \"$entry\" \"$1\"", DEPLOY, good, soon()));
    }

    /** CloudStack gives programs a pipe that is never written to; Drover gives them nothing to read. */
    private void standardInput(ObjectNode good) {
        var script = "mkfifo stdin.$$ && exec <>stdin.$$ && rm -f stdin.$$ && exec \"$entry\" \"$@\"";
        var call = program.callBy(script, STATUS, good, soon());
        findings.made(Check.STANDARD_INPUT);
        end(call);
        if (call.timedOut()) {
            findings.warn(
                    Check.STANDARD_INPUT,
                    "It reads standard input, which makes it hang under CloudStack: " + call.told(),
                    call);
        } else {
            answers.examine(call);
        }
    }

    private void environment(ObjectNode good) {
        var script = "exec env -i PATH=\"$PATH\" DROVER_ACTION_ID=\"$DROVER_ACTION_ID\" \"$entry\" \"$@\"";
        answered(Check.ENVIRONMENT, program.callBy(script, STATUS, good, soon()));
    }

    private void timeout(ObjectNode good) {
        var call = program.call(STATUS, good, SHORT);
        findings.made(Check.TIMEOUT);
        answers.read(call);
        if (!call.remnants().isEmpty() || (call.timedOut() && call.result().failure() != null)) {
            findings.fail(
                    Check.TIMEOUT,
                    "processes were left after the timeout of 1 s: "
                            + call.remnants().stream().map(Remnant::command).toList(),
                    call);
        }
        end(call);
    }

    private void refused(Check check, Call call) {
        findings.made(check);
        var outcome = answers.examine(call);
        leftBehind(call);
        if (call.timedOut()) {
            findings.fail(check, "it must be refused, but " + call.told(), call);
        } else if (call.exitCode() == 0) {
            findings.fail(check, "it must be refused with an exit code other than 0, but " + call.told(), call);
        } else if (outcome instanceof Outcome.Trouble trouble && ASKS_AGAIN.contains(trouble.code())) {
            findings.fail(
                    check,
                    "it must be refused for good, without \"retryable\" and exit code 75, but " + call.told(),
                    call);
        } else if (answers.object(call) == null || !(outcome instanceof Outcome.Refused)) {
            findings.fail(check, "the refusal must be a JSON object with an error on stdout, but " + call.told(), call);
        }
    }

    /** Whatever it says, it says it in good form. */
    private void answered(Check check, Call call) {
        findings.made(check);
        answers.examine(call);
        leftBehind(call);
        boolean proper = call.exitCode() == 0 || (call.exitCode() > 0 && answers.object(call) != null);
        if (!proper) {
            findings.fail(check, "it must answer, or refuse with a JSON object, but " + call.told(), call);
        }
    }

    private void leftBehind(Call call) {
        findings.made(Check.LEFT_BEHIND);
        if (!call.remnants().isEmpty()) {
            findings.fail(
                    Check.LEFT_BEHIND,
                    call.verb() + " ended but left running: "
                            + call.remnants().stream().map(Remnant::command).toList(),
                    call);
        }
        end(call);
    }

    private static void end(Call call) {
        call.remnants().forEach(Remnant::end);
    }

    private Duration soon() {
        var own = program.timeout(STATUS);
        return own.compareTo(SOON) < 0 ? own : SOON;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
