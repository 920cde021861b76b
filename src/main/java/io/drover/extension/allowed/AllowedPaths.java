package io.drover.extension.allowed;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for a detail that is a path: what it may look like, and that it stays below an allowed directory. */
public final class AllowedPaths {
    static final int LONGEST = 1000;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    private AllowedPaths() {}

    /**
     * What is wrong with the look of a path, in words that follow its name.
     *
     * @param relative whether it may be a name or a path that begins at an allowed directory
     */
    public static Optional<String> formProblem(String value, boolean relative) {
        if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("must be a path of 1 to " + LONGEST + " characters, none of them a control character");
        }
        if (value.startsWith("-") || value.startsWith("~")) {
            return Optional.of("must be a path that does not begin with '" + value.charAt(0) + "'");
        }
        if (ESCAPE.matcher(value).find() || value.indexOf('\\') >= 0) {
            return Optional.of("must be a path as it is, without % escapes and backslashes");
        }
        if (!value.startsWith("/") && (!relative || value.split("/", 2)[0].indexOf(':') >= 0)) {
            return Optional.of(
                    relative ? "must be a path or a name, without a protocol before it" : "must be an absolute path");
        }
        return List.of(value.split("/", -1)).contains("..")
                ? Optional.of("must be a path without a '..' segment")
                : Optional.empty();
    }

    /** The same, and that it leads below one of these directories, symbolic links followed. */
    public static Optional<String> problem(String value, boolean relative, List<String> directories) {
        var form = formProblem(value, relative);
        if (form.isPresent()) {
            return form;
        }
        boolean inside = value.startsWith("/")
                ? directories.stream().anyMatch(directory -> isInside(directory, value))
                : !directories.isEmpty() && directories.stream().allMatch(directory -> isInside(directory, value));
        return inside ? Optional.empty() : Optional.of("must be a path below " + told(directories));
    }

    static String told(List<String> directories) {
        return directories.isEmpty()
                ? "an allowed directory, and the server has none for it"
                : "one of the allowed directories " + String.join(", ", directories);
    }

    private static boolean isInside(String directory, String value) {
        try {
            var top = Path.of(directory).normalize();
            var path = top.resolve(value).normalize();
            return path.startsWith(top) && RealPath.of(path).startsWith(RealPath.of(top));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}
