package io.drover.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.manifest.ManifestFile;
import java.util.EnumSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Lives of VMs, one after the other, and what is outside before and after them. */
final class WholeLives {
    /** What other VMs would fail, too, if the first one does. */
    private static final List<Check> IN_EACH = List.of(
            Check.PREPARE,
            Check.DEPLOY,
            Check.ON_AFTER_DEPLOY,
            Check.STOP,
            Check.DELETE,
            Check.GONE_AFTER_DELETE,
            Check.ENDS);

    private final ManifestFile file;
    private final Program program;
    private final GoldenPayloads payloads;
    private final AnswerChecks answers;
    private final Findings findings;
    private final Canary canary;
    private final Predicate<String> wanted;
    private final ObjectMapper json;
    private final IntFunction<Scenario> scenarios;
    private final Outside outside;
    private final Absence absence;
    private final Prepared prepared;

    WholeLives(
            ManifestFile file,
            Options options,
            Program program,
            GoldenPayloads payloads,
            AnswerChecks answers,
            Findings findings,
            Canary canary,
            ObjectMapper json) {
        this.file = file;
        this.program = program;
        this.payloads = payloads;
        this.answers = answers;
        this.findings = findings;
        this.canary = canary;
        this.json = json;
        this.wanted = verb -> options.verbs().isEmpty() || options.verbs().contains(verb);
        var theirs = new Outside(supports("statuses"), findings);
        this.outside = theirs;
        this.scenarios = nics -> new Scenario(program, payloads, answers, findings, theirs.own(new TestVm(nics)));
        this.absence = new Absence(() -> scenarios.apply(1), outside, supports("start"), findings);
        this.prepared = new Prepared(file.manifest(), findings);
    }

    void make(ShellChecks shell) {
        outside.remember(scenarios.apply(1));
        first(shell);
        if (IN_EACH.stream().anyMatch(findings::failed)) {
            EnumSet.range(Check.MISSING_STOP, Check.TIMEOUT_RECOVERY)
                    .forEach(check -> findings.skip(
                            check, "the life of a first VM failed in what each has, or a call did not end"));
        } else {
            others(shell);
        }
        outside.compare(scenarios.apply(1));
    }

    private void first(ShellChecks shell) {
        var actions = new ActionChecks(file.customActions(), wanted, program, payloads, answers, shell, findings, json);
        new LifecycleChecks(
                        file.manifest(),
                        wanted,
                        findings,
                        actions,
                        () -> scenarios.apply(2),
                        prepared,
                        outside,
                        absence)
                .make();
    }

    private void others(ShellChecks shell) {
        new ForeignChecks(() -> scenarios.apply(1), prepared, findings).make();
        new PayloadChecks(scenarios, program, prepared, absence, canary, json).make();
        shell.lives(prepared);
    }

    private boolean supports(String verb) {
        return file.manifest().supports(verb) && wanted.test(verb);
    }
}
