package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.conformance.CheckResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A good extension with one thing broken.
 *
 * @param because a part of what must be found, which the first line of the report has
 */
record Broken(Check check, Thoroughness level, String because, Damage damage) {
    static final String SCRIPT = "good.sh";
    static final String MANIFEST = "extension.yaml";

    /** A part of every secret in the tests. */
    private static final String SECRET = "t0ps3cret";

    /** Breaks it. */
    interface Damage {
        void to(SampleExtension extension) throws Exception;

        default Damage and(Damage other) {
            return extension -> {
                to(extension);
                other.to(extension);
            };
        }
    }

    /** Texts of its program in pairs: what is there, and what is to be there. */
    static Damage edits(String... edits) {
        return extension -> {
            for (int i = 0; i < edits.length; i += 2) {
                extension.edit(SCRIPT, edits[i], edits[i + 1]);
            }
        };
    }

    @Override
    public String toString() {
        return check.id() + ": " + because;
    }

    Report verify(Path root) throws Exception {
        var extension = new SampleExtension(root);
        damage.to(extension);
        var options = extension.options(level);
        var quick = new Options(
                options.level(), options.verbs(), options.details(), Duration.ofSeconds(10), null, false, null);
        return Conformance.verify(extension.folder, quick);
    }

    /** The kit failed the very check, for the very reason, and said so first; in no form of the report is there a secret. */
    void assertFound(Report report) {
        var text = ReportFormat.TEXT.write(report);
        assertThat(report.passed()).as(text).isFalse();
        assertThat(report.checks())
                .as(text)
                .anyMatch(result -> result.id().equals(check.id()) && result.outcome() == Outcome.FAILED);
        assertThat(text.lines().findFirst().orElse(""))
                .as(text)
                .startsWith("FAILED good")
                .contains(check.id() + ": ", because);
        for (var format : ReportFormat.values()) {
            assertThat(format.write(report)).doesNotContain(SECRET);
        }
    }
}
