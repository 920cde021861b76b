package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.conformance.CheckResult.Finding;
import io.drover.conformance.CheckResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not the extension's doing, or need not be, is no failure of it. */
@Tag("matrix")
class NeighboursTests {
    @TempDir
    Path root;

    @Test
    void otherPeoplesVmsThatComeAndGoAreWarnings() throws Exception {
        var extension = new SampleExtension(root);
        Files.writeString(extension.state.resolve("i-9-9-VM"), "poweron\n");
        Broken.edits(
                        "create) echo poweron > \"$vm\";",
                        "create) [ ! -f \"$vm\" ] || echo poweroff > \"$state/i-other\"; echo poweron > \"$vm\";",
                        "rm -f \"$vm\"",
                        "rm -f \"$vm\" \"$state/i-9-9-VM\"")
                .to(extension);

        var report = extension.verify(Thoroughness.FULL);

        assertThat(report.passed()).as(ReportFormat.TEXT.write(report)).isTrue();
        assertThat(warning(report, Check.OUTSIDE))
                .contains("were not there before: i-other (poweroff)", "is no more: i-9-9-VM (poweron)");
        assertThat(warning(report, Check.DEPLOY_AGAIN)).contains("were not there before: i-other (poweroff)");
    }

    @Test
    void aSlashThatJsonEscapesIsNoHomeDirectory() throws Exception {
        var extension = new SampleExtension(root);
        var echo = "sed -n 's|/|\\\\/|g; s/.*\"conformance_odd\":\"\\([^\"]*\\)\".*/\\1/p' \"$file\" >&2\n";
        Broken.edits("vm=$state/$name", echo + "vm=$state/$name").to(extension);

        var report = extension.verify(Thoroughness.PROTOCOL);

        assertThat(report.checks())
                .as(ReportFormat.TEXT.write(report))
                .anyMatch(check -> check.id().equals(Check.SHELL.id()) && check.outcome() == Outcome.PASSED);
    }

    private static String warning(Report report, Check check) {
        var found = report.checks().stream()
                .filter(result -> result.id().equals(check.id()))
                .findFirst()
                .orElseThrow();
        assertThat(found.outcome()).as(found.toString()).isEqualTo(Outcome.WARNING);
        return String.join("\n", found.findings().stream().map(Finding::message).toList());
    }
}
