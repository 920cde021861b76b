package io.drover.conformance;

import io.drover.conformance.CheckResult.Finding;
import io.drover.conformance.CheckResult.Outcome;
import java.time.Duration;
import java.util.Map;

/** A report for people: what is behind the failures, then a line for each check that was made, with what was found below it. */
final class TextReport {
    private static final Map<Outcome, String> WORDS =
            Map.of(Outcome.PASSED, "ok  ", Outcome.WARNING, "warn", Outcome.FAILED, "FAIL", Outcome.SKIPPED, "skip");

    private TextReport() {}

    static String of(Report report) {
        var text = new StringBuilder();
        begin(text, report);
        report.worstFirst().stream()
                .filter(check -> check.outcome() != Outcome.SKIPPED)
                .forEach(check -> check(text, check));
        summary(text, report);
        return text.toString();
    }

    private static void begin(StringBuilder text, Report report) {
        text.append(report.passed() ? "PASSED " : "FAILED ").append(report.extension());
        if (report.version() != null) {
            text.append(' ').append(report.version());
        }
        text.append(", level ").append(report.level().wireName());
        var causes = report.causes().iterator();
        if (causes.hasNext()) {
            cause(text, ": ", causes.next());
        }
        while (causes.hasNext()) {
            cause(text, "\nand besides: ", causes.next());
        }
        text.append("\n\n");
    }

    private static void cause(StringBuilder text, String begin, Cause cause) {
        text.append(begin).append(cause.line());
        if (cause.failed().size() > 1) {
            text.append("\n     Because of it failed, too: ")
                    .append(String.join(
                            ", ", cause.failed().subList(1, cause.failed().size())));
        }
    }

    private static void check(StringBuilder text, CheckResult check) {
        text.append("%s %-28s %s%n".formatted(WORDS.get(check.outcome()), check.id(), check.title()));
        check.findings().forEach(finding -> finding(text, finding));
    }

    private static void finding(StringBuilder text, Finding finding) {
        text.append("     ").append(finding.message().replace("\n", "\n     ")).append('\n');
        if (finding.command() != null) {
            text.append("     repeat: ").append(finding.command()).append('\n');
        }
    }

    private static void summary(StringBuilder text, Report report) {
        var seconds = Duration.between(report.startedAt(), report.endedAt()).toMillis() / 1000.0;
        text.append("\n%s: %d passed, %d warnings, %d failed, %d not made; %d calls in %.1f s%n"
                .formatted(
                        report.passed() ? "PASSED" : "FAILED",
                        report.count(Outcome.PASSED),
                        report.count(Outcome.WARNING),
                        report.count(Outcome.FAILED),
                        report.count(Outcome.SKIPPED),
                        report.calls(),
                        seconds));
        if (report.reports() != null) {
            text.append("All calls in their order are in ")
                    .append(report.reports())
                    .append("/calls.sh, their payloads beside it. Payloads have secrets in them.\n");
        }
    }
}
