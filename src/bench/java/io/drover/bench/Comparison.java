package io.drover.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All contenders, taking turns, at several numbers of clients. */
final class Comparison {
    private static final String HEAD = """
            | database | clients | who | ops/s (least–most) | p50 ms | p95 ms | p99 ms | CPU ms/op: JVM + children + database | ÷ bare | ÷ shell | ÷ shell-async |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |""";

    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);

    private final Settings settings;
    private final String kind;
    private final @Nullable Long databaseServer;
    private final List<Contender> contenders;

    Comparison(Settings settings, String kind, @Nullable Long databaseServer, List<Contender> contenders) {
        this.settings = settings;
        this.kind = kind;
        this.databaseServer = databaseServer;
        this.contenders = contenders;
    }

    void run(PrintStream out) throws Exception {
        for (var contender : contenders) {
            Measurement.warmUp(contender, 16, settings.warmUp(), LONGEST_WARM_UP);
        }
        out.println(HEAD);
        for (int clients : settings.clients()) {
            print(out, clients, measure(clients));
        }
    }

    private Map<String, List<Measurement>> measure(int clients) throws Exception {
        Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (var contender : contenders) {
                var measured = Measurement.of(contender, clients, settings.round(), databaseServer);
                rounds.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(measured);
            }
        }
        return rounds;
    }

    private void print(PrintStream out, int clients, Map<String, List<Measurement>> measured) {
        measured.forEach((name, rounds) -> {
            var all = Measurement.merged(rounds);
            var cpu = all.cpu();
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %s | %.0f (%.0f–%.0f) | %.1f | %.1f | %.1f | %.2f: %.2f + %.2f + %.2f | %s | %s | %s |%n",
                    kind,
                    clients,
                    name,
                    all.rate(),
                    rounds.stream().mapToDouble(Measurement::rate).min().orElse(0),
                    rounds.stream().mapToDouble(Measurement::rate).max().orElse(0),
                    all.percentile(50),
                    all.percentile(95),
                    all.percentile(99),
                    cpu.all(),
                    cpu.jvm(),
                    cpu.children(),
                    cpu.database(),
                    ratio(rounds, measured.get("bare")),
                    ratio(rounds, measured.get("shell")),
                    ratio(rounds, measured.get("shell-async")));
        });
    }

    /** The median of the rounds' ratios, each within its own turn. */
    private static String ratio(List<Measurement> mine, @Nullable List<Measurement> theirs) {
        if (theirs == null) {
            return "";
        }
        var ratios = new double[mine.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = mine.get(round).rate() / theirs.get(round).rate();
        }
        java.util.Arrays.sort(ratios);
        return String.format(Locale.ROOT, "%.2f", ratios[ratios.length / 2]);
    }
}
