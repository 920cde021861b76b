package io.drover.extension.manifest;

import io.drover.extension.allowed.AllowedDirectories;
import io.drover.extension.allowed.AllowedPaths;
import io.drover.extension.allowed.WindowsPaths;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a value of a detail must look like besides being of its type.
 *
 * @param pattern what a text must match as a whole; null for anything
 * @param min the least whole number; null for any
 * @param max the greatest one
 * @param below names of the server's allowed directories that a path must lead into; empty for paths of any place
 * @param relative whether a path may be a name or begin at one of these directories
 * @param url which URLs; null for an address without anything that hides in it
 */
public record DetailForm(
        @Nullable String pattern,
        @Nullable Long min,
        @Nullable Long max,
        List<String> below,
        boolean relative,
        @Nullable UrlForm url) {
    /** Nothing but the type. */
    static final DetailForm NONE = new DetailForm(null, null, null, List.of(), false, null);

    public DetailForm {
        below = below == null ? List.of() : List.copyOf(below);
    }

    /**
     * What is wrong with a value of this type, in words that follow its name.
     *
     * @param directories what paths are compared with; null to look at their form only
     */
    Optional<String> problem(DetailType type, String value, @Nullable AllowedDirectories directories) {
        if (pattern != null && !Pattern.compile(pattern).matcher(value).matches()) {
            return Optional.of("must match " + pattern);
        }
        return switch (type) {
            case INTEGER -> rangeProblem(new BigInteger(value));
            case URL -> (url == null ? UrlForm.PLAIN : url).problem(value);
            case PATH ->
                directories == null || below.isEmpty()
                        ? AllowedPaths.formProblem(value, relative)
                        : AllowedPaths.problem(value, relative, places(directories));
            case WINDOWS_PATH ->
                directories == null || below.isEmpty()
                        ? WindowsPaths.formProblem(value)
                        : WindowsPaths.problem(value, places(directories));
            default -> Optional.empty();
        };
    }

    private List<String> places(AllowedDirectories directories) {
        return below.stream().flatMap(name -> directories.named(name).stream()).toList();
    }

    private Optional<String> rangeProblem(BigInteger value) {
        boolean low = min != null && value.compareTo(BigInteger.valueOf(min)) < 0;
        boolean high = max != null && value.compareTo(BigInteger.valueOf(max)) > 0;
        if (!low && !high) {
            return Optional.empty();
        }
        return Optional.of(
                "must be a whole number" + (min == null ? "" : " from " + min) + (max == null ? "" : " to " + max));
    }
}
