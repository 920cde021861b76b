package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What every process of a run inherits and {@code /proc} shows: the action's id in the environment, and a number as limit
 * of file locks, which Linux stores for each process and has not looked at since 2.4.25. A process loses the first when it
 * clears its environment, and the second only by setting that very limit.
 */
record RunMark(UUID actionId) {
    static final String VARIABLE = "DROVER_ACTION_ID";

    private static final Path PROC = Path.of("/proc");
    private static final String LIMIT = "\nMax file locks";
    private static final long HIGHEST_BIT = 1L << 61;

    /** The number: so large that nobody sets it by chance, and less than what shells take for infinity. */
    long number() {
        return HIGHEST_BIT | (actionId.getMostSignificantBits() ^ actionId.getLeastSignificantBits()) & HIGHEST_BIT - 1;
    }

    /** What dash, and busybox, or else bash takes for setting it; silent where neither does. */
    String shellCommand() {
        return "ulimit -S -w %1$d 2>/dev/null || ulimit -S -x %1$d 2>/dev/null; ".formatted(number());
    }

    boolean isOn(Carried marks) {
        return marks.limit == number()
                || marks.environment.startsWith(entry())
                || marks.environment.contains("\0" + entry());
    }

    /** The number that a process carries as a limit; -1 where it carries none or is gone. */
    static long numberOn(long pid) {
        return Carried.limit(Carried.text(PROC.resolve(pid + "/limits")));
    }

    private String entry() {
        return VARIABLE + "=" + actionId + "\0";
    }

    /** What a process carries of any run's marks. */
    record Carried(long limit, String environment) {

        static Carried by(long pid) {
            var process = PROC.resolve(Long.toString(pid));
            return new Carried(limit(text(process.resolve("limits"))), environment(process));
        }

        private static String environment(Path process) {
            var text = text(process.resolve("environ"));
            return text.contains(VARIABLE + "=") ? text : "";
        }

        private static long limit(String limits) {
            int line = limits.indexOf(LIMIT);
            if (line < 0) {
                return -1;
            }
            var soft = limits.substring(line + LIMIT.length()).strip().split(" ", 2)[0];
            return soft.chars().allMatch(Character::isDigit) && soft.length() < 20 ? parsed(soft) : -1;
        }

        private static long parsed(String digits) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                return -1;
            }
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                return "";
            }
        }
    }
}
