package io.drover.extension.allowed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The same rules for paths on hosts with Windows, which are only read, never followed. */
public final class WindowsPaths {
    private static final Pattern FULL = Pattern.compile("(?:[A-Za-z]:\\\\|\\\\\\\\[A-Za-z0-9][A-Za-z0-9._-]*\\\\).*");

    /** Neither wildcards, streams nor devices, and no segment that Windows takes for another one. */
    private static final Pattern SEGMENT =
            Pattern.compile("(?!\\.{1,2}$)[^\\x00-\\x1f\\x7f<>:\"/|?*\\\\]*[^\\x00-\\x1f\\x7f<>:\"/|?*\\\\. ]");

    private WindowsPaths() {}

    static boolean isFull(String path) {
        return FULL.matcher(path).matches();
    }

    /** What is wrong with the look of a path, in words that follow its name. */
    public static Optional<String> formProblem(String value) {
        var segments = value.length() > 3 ? value.substring(value.startsWith("\\\\") ? 2 : 3) : "";
        boolean good = value.length() <= AllowedPaths.LONGEST
                && isFull(value)
                && List.of(segments.split("\\\\", -1)).stream()
                        .allMatch(segment -> SEGMENT.matcher(segment).matches());
        return good ? Optional.empty() : Optional.of("must be a full Windows path, such as D:\\vms, without '..'");
    }

    /** The same, and that it is one of these directories or below one. */
    public static Optional<String> problem(String value, List<String> directories) {
        var form = formProblem(value);
        if (form.isPresent()) {
            return form;
        }
        var path = folded(value);
        boolean inside = directories.stream().map(WindowsPaths::folded).anyMatch(path::startsWith);
        return inside ? Optional.empty() : Optional.of("must be a path below " + AllowedPaths.told(directories));
    }

    private static String folded(String path) {
        return path.toLowerCase(Locale.ROOT) + (path.endsWith("\\") ? "" : "\\");
    }
}
