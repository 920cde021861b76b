package io.drover.conformance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drover.conformance.CheckResult.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param extension its name, or its folder's where the manifest cannot be read
 * @param version as the manifest says; null where it cannot be read
 * @param digest of the folder's files before the first call; null where they cannot be read
 * @param calls how often the program was run
 * @param reports where payloads were kept; null when none were
 */
@JsonIgnoreProperties(value = "passed", allowGetters = true)
public record Report(
        String extension,
        @Nullable String version,
        @Nullable String digest,
        Thoroughness level,
        Instant startedAt,
        Instant endedAt,
        int calls,
        @Nullable String reports,
        List<CheckResult> checks) {

    public Report {
        checks = List.copyOf(checks);
    }

    /** Whether no check failed; warnings do not count. */
    @JsonProperty
    public boolean passed() {
        return count(Outcome.FAILED) == 0;
    }

    /** How many checks came out so. */
    public long count(Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).count();
    }
}
