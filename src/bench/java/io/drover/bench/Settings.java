package io.drover.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to measure and for how long, from arguments such as {@code clients=1,16 rounds=5}.
 *
 * @param databases {@code h2} and {@code postgresql}
 * @param clients how many ask at once
 * @param contenders those of {@code bare}, {@code shell}, {@code shell-async}, {@code drover}, {@code rest}
 * @param parts those of {@code compare}, {@code sequence}, {@code burst}, {@code lists}, {@code disk}
 * @param rows how many VMs, operations and actions the lists are measured with; the first of them is how many operations the disk is
 * @param requests how often each list is asked for
 * @param rounds how often each is measured
 * @param round how long each measurement lasts
 * @param warmUp how many calls each contender makes before anything is measured
 * @param history the history level of the engine that runs the shell task
 * @param url what is added to the URL of H2, e.g. {@code ;WRITE_DELAY=0}
 * @param statements whether H2 tells what statements Drover makes; costs time, so no figure of such a run counts
 */
record Settings(
        List<String> databases,
        List<Integer> clients,
        List<String> contenders,
        List<String> parts,
        List<Integer> rows,
        int requests,
        int rounds,
        Duration round,
        int warmUp,
        String history,
        String url,
        boolean statements) {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("databases", "h2,postgresql"),
            Map.entry("clients", "1,8,16,32"),
            Map.entry("contenders", "bare,shell,shell-async,drover,rest"),
            Map.entry("parts", "compare,sequence,burst"),
            Map.entry("rounds", "3"),
            Map.entry("seconds", "2.5"),
            Map.entry("warmup", "25000"),
            Map.entry("history", "full"),
            Map.entry("url", ""),
            Map.entry("statements", "false"),
            Map.entry("rows", "20000,500000,1000000"),
            Map.entry("requests", "200"));

    static Settings of(String... arguments) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        for (var argument : arguments) {
            var parts = argument.split("=", 2);
            if (parts.length != 2 || !DEFAULTS.containsKey(parts[0])) {
                throw new IllegalArgumentException("'" + argument + "' must be one of " + known() + " and a value");
            }
            values.put(parts[0], parts[1]);
        }
        return new Settings(
                list(values.get("databases")),
                list(values.get("clients")).stream().map(Integer::valueOf).toList(),
                list(values.get("contenders")),
                list(values.get("parts")),
                list(values.get("rows")).stream().map(Integer::valueOf).toList(),
                Integer.parseInt(values.get("requests")),
                Integer.parseInt(values.get("rounds")),
                seconds(values.get("seconds")),
                Integer.parseInt(values.get("warmup")),
                values.get("history"),
                values.get("url"),
                Boolean.parseBoolean(values.get("statements")));
    }

    private static Set<String> known() {
        return new java.util.TreeSet<>(DEFAULTS.keySet());
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).filter(part -> !part.isBlank()).toList();
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
    }
}
