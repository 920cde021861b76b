package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.conformance.CheckResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A good extension with one thing broken.
 *
 * @param because a part of what must be found
 */
record Broken(String check, Thoroughness level, String because, Damage damage) {

    /** Breaks it. */
    interface Damage {
        void to(SampleExtension extension) throws Exception;
    }

    @Override
    public String toString() {
        return check + ": " + because;
    }

    /** The kit fails the very check, for the very reason. */
    void assertFound(Path root) throws Exception {
        var extension = new SampleExtension(root);
        damage.to(extension);
        var options = extension.options(level);
        var quick = new Options(
                options.level(), options.verbs(), options.details(), Duration.ofSeconds(10), null, false, null);
        var report = Conformance.verify(extension.folder, quick);
        assertThat(report.passed()).isFalse();
        var found = report.checks().stream()
                .filter(result -> result.id().equals(check))
                .findFirst()
                .orElseThrow();
        assertThat(found.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
        assertThat(found.findings().toString()).contains(because).doesNotContain("t0ps3cret");
    }
}
