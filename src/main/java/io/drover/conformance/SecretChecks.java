package io.drover.conformance;

import io.drover.extension.run.ProcessWatch;
import io.drover.extension.wire.Masking;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Where a program must not put the secrets that it was given. */
final class SecretChecks {
    /** They may answer with the very password that they were given, or with a new one. */
    private static final Set<String> MAY_TELL = Set.of("prepare", "getconsole");

    private static final Set<String> OF_SHELLS = Set.of("PWD", "OLDPWD", "_");

    private final Findings findings;
    private final Masking known;
    private final Predicate<String> own;

    /**
     * @param known learns what the program answers of secrets
     * @param own arguments that the runner and the kit give
     */
    SecretChecks(Findings findings, Masking known, Predicate<String> own) {
        this.findings = findings;
        this.known = known;
        this.own = own;
    }

    /** Looks at all that was seen of a call. */
    void examine(Call call) {
        outputs(call);
        findings.made(Check.COMMAND_LINE);
        var given = call.processes().stream()
                .findFirst()
                .map(first -> Set.copyOf(first.environment()))
                .orElse(Set.of());
        call.processes().forEach(process -> {
            commandLine(process, call);
            environment(process, given, call);
        });
    }

    private void outputs(Call call) {
        findings.made(Check.SECRETS);
        var silent = MAY_TELL.contains(call.verb()) ? "" : call.output();
        if (call.tellsSecret(silent)) {
            findings.fail(Check.SECRETS, call.verb() + ": a secret is on stdout: " + call.excerpt(silent), call);
        }
        if (MAY_TELL.contains(call.verb())) {
            call.masking().learnFrom(call.output());
            known.learn(call.masking().secrets());
        }
        if (call.tellsSecret(call.errorOutput())) {
            findings.fail(Check.SECRETS, call.verb() + ": a secret is on stderr: " + around(call), call);
        }
    }

    /** The first line of stderr that has a secret, masked. */
    private static String around(Call call) {
        return call.errorOutput()
                .lines()
                .filter(call::tellsSecret)
                .findFirst()
                .map(call::excerpt)
                .orElse("");
    }

    private String line(ProcessWatch.Seen process) {
        return process.arguments().stream().filter(own.negate()).collect(Collectors.joining(" "));
    }

    private void commandLine(ProcessWatch.Seen process, Call call) {
        var line = line(process);
        if (call.tellsSecret(line)) {
            findings.fail(
                    Check.COMMAND_LINE,
                    call.verb() + ": a secret is on a command line, where anybody on the machine can read it: "
                            + call.excerpt(line) + ". Give it by standard input, or in a file of mode 0600",
                    call);
        }
    }

    /** What the runner gave is none of the program's doing, whatever words are in its paths. */
    private void environment(ProcessWatch.Seen process, Set<String> given, Call call) {
        process.environment().stream()
                .filter(entry -> !given.contains(entry) && !OF_SHELLS.contains(nameOf(entry)))
                .filter(call::tellsSecret)
                .findFirst()
                .ifPresent(entry -> findings.warn(
                        Check.COMMAND_LINE,
                        call.verb() + ": a secret is in the environment of " + call.excerpt(line(process)) + ", as "
                                + nameOf(entry) + ", which whatever it starts inherits",
                        call));
    }

    private static String nameOf(String entry) {
        return entry.split("=", 2)[0];
    }
}
