package io.drover.extension.manifest;

import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for an entry point's path: relative to the extension's folder, and never out of it. */
public final class EntryPath {
    static final int LONGEST = 500;

    private static final int DEEPEST = 2;
    private static final int MOST_LINKS = 40;

    private EntryPath() {}

    /**
     * The path a person gave at {@code /path}, relative to the folder. A leading folder name is dropped, as CloudStack's paths
     * have it; an absolute path must lead into the folder.
     */
    public static String given(Path folder, String path) {
        var slashed = path.replace('\\', '/');
        if (slashed.startsWith("/")) {
            return checked("/path", folder, inside(folder, slashed, path), path);
        }
        return checked("/path", folder, withoutFolder(folder, slashed), path);
    }

    /** The path a person gave at the pointer of a file in an unpacked package; its only folder may be named or not. */
    public static String inPackage(String pointer, Path folder, String path) {
        var slashed = path.replace('\\', '/');
        if (slashed.startsWith("/")) {
            throw refusal(pointer, "must be relative to the top of the package", path);
        }
        return checked(pointer, folder, withoutFolder(folder, slashed), path);
    }

    /** The path a manifest has at {@code /entry}, relative to the folder. */
    static String inManifest(Path folder, String path) {
        var slashed = path.replace('\\', '/');
        if (slashed.startsWith("/")) {
            throw refusal("/entry", "must be relative to the extension's folder", path);
        }
        return checked("/entry", folder, slashed, path);
    }

    /** Whether the file, which may be missing, is inside the folder once symbolic links are followed. */
    public static boolean staysInside(Path folder, Path file) throws IOException {
        var existing = existing(file);
        return existing == null
                || !Files.exists(folder)
                || existing.toRealPath().startsWith(folder.toRealPath());
    }

    private static String withoutFolder(Path folder, String slashed) {
        var prefix = folder.getFileName() + "/";
        return slashed.startsWith(prefix) ? slashed.substring(prefix.length()) : slashed;
    }

    private static String inside(Path folder, String slashed, String path) {
        var prefix = folder.toString().replace('\\', '/') + "/";
        if (!slashed.startsWith(prefix)) {
            throw refusal("/path", "is absolute and outside " + folder, path);
        }
        return slashed.substring(prefix.length());
    }

    private static String checked(String pointer, Path folder, String relative, String path) {
        if (path.length() > LONGEST || path.chars().anyMatch(Character::isISOControl)) {
            throw refusal(
                    pointer, "must have at most " + LONGEST + " characters, none of them a control character", path);
        }
        List<String> segments = new ArrayList<>();
        for (var segment : relative.split("/", -1)) {
            if (segment.equals("..")) {
                throw refusal(pointer, "must not have a '..' segment", path);
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (segments.isEmpty() || relative.endsWith("/")) {
            throw refusal(pointer, "must name a file", path);
        }
        if (segments.size() - 1 > DEEPEST) {
            throw refusal(pointer, "must not be nested more than two sub-directories deep", path);
        }
        var result = String.join("/", segments);
        requireInside(pointer, folder, result, path);
        return result;
    }

    private static void requireInside(String pointer, Path folder, String relative, String path) {
        try {
            if (!staysInside(folder, folder.resolve(relative))) {
                throw refusal(pointer, "leaves " + folder + " through a symbolic link", path);
            }
        } catch (IOException e) {
            throw refusal(pointer, "cannot be resolved: " + e.getMessage(), path);
        }
    }

    /** The file, or the nearest of its parents that is there; a symbolic link that leads nowhere counts as its target. */
    private static @Nullable Path existing(Path file) throws IOException {
        Path place = file;
        for (int links = 0; place != null && !Files.exists(place); ) {
            if (!Files.isSymbolicLink(place)) {
                place = place.getParent();
            } else if (++links > MOST_LINKS) {
                throw new IOException("too many symbolic links");
            } else {
                place = place.resolveSibling(Files.readSymbolicLink(place));
            }
        }
        return place;
    }

    private static ProblemException refusal(String pointer, String rule, String path) {
        return ProblemException.invalid(pointer, rule, path);
    }
}
