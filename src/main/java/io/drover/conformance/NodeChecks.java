package io.drover.conformance;

import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Requirement;
import io.drover.extension.run.FirstLine;
import io.drover.extension.run.StandaloneRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** What must be on this machine for the extension, looked for with the PATH that its program gets. */
final class NodeChecks {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private final Program program;
    private final Findings findings;

    NodeChecks(Program program, Findings findings) {
        this.program = program;
        this.findings = findings;
    }

    /** Whether what the entry point's first line names is there. */
    void interpreter(Path entry) {
        findings.made(Check.INTERPRETER);
        var head = FolderChecks.head(entry);
        if (head.length >= 4 && Arrays.equals(head, 0, 4, ELF, 0, 4)) {
            return;
        }
        var trouble = FirstLine.trouble(entry, String.valueOf(entry.getFileName()), StandaloneRunner.PATH);
        if (trouble.isPresent()) {
            findings.fail(Check.INTERPRETER, trouble.get(), null);
            return;
        }
        var line = new String(head, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        if (!line.startsWith("#!")) {
            findings.fail(
                    Check.INTERPRETER,
                    "the first line must be #! and an interpreter, e.g. #!/usr/bin/env python3, but is "
                            + Call.cut(line),
                    null);
        }
    }

    void requirements(ExtensionManifest manifest) {
        findings.made(Check.REQUIREMENTS);
        for (var requirement : manifest.requirements()) {
            boolean there = requirement.kind() == Requirement.Kind.COMMAND
                    ? isCommand(requirement.name())
                    : isModule(requirement.name());
            if (!there) {
                var what = requirement.kind() == Requirement.Kind.COMMAND ? "the program " : "the Python module ";
                findings.fail(
                        Check.REQUIREMENTS,
                        what + requirement.name() + " is not there, going by PATH=" + StandaloneRunner.PATH
                                + (requirement.install() == null ? "" : ": " + requirement.install()),
                        null);
            }
        }
    }

    private boolean isCommand(String name) {
        return succeeds("command -v " + ShellText.quoted(name));
    }

    private boolean isModule(String name) {
        return succeeds("exec python3 -c " + ShellText.quoted("import " + name));
    }

    private boolean succeeds(String script) {
        return Integer.valueOf(0).equals(program.shell(script).exitCode());
    }
}
