package io.drover.conformance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.drover.conformance.CheckResult.Outcome;
import java.time.Instant;
import java.util.Comparator;
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
 * @param causes what is behind the failures, the worst first; empty when none failed
 */
@JsonPropertyOrder({"passed", "causes"})
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
        List<Cause> causes,
        List<CheckResult> checks) {

    /** Reports that were kept before there were causes have none. */
    public Report {
        causes = causes == null ? List.of() : List.copyOf(causes);
        checks = List.copyOf(checks);
    }

    /** Whether no check failed; warnings do not count. */
    @JsonProperty
    public boolean passed() {
        return count(Outcome.FAILED) == 0;
    }

    /** The cause of a check's failure; null where it has not failed. */
    @Nullable
    Cause causeOf(CheckResult check) {
        return causes.stream()
                .filter(cause -> cause.failed().contains(check.id()))
                .findFirst()
                .orElse(null);
    }

    /** The checks with the failed ones first, in the order of what is behind them. */
    List<CheckResult> worstFirst() {
        var order = causes.stream().flatMap(cause -> cause.failed().stream()).toList();
        return checks.stream()
                .sorted(Comparator.comparing(CheckResult::outcome)
                        .reversed()
                        .thenComparing(check -> order.indexOf(check.id())))
                .toList();
    }

    /** How many checks came out so. */
    public long count(Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).count();
    }
}
