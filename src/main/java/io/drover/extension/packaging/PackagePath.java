package io.drover.extension.packaging;

import java.util.List;

/** The rules for a path in a package: relative, with slashes, and never out of the folder. */
final class PackagePath {
    private static final int LONGEST = 500;
    private static final int DEEPEST = 20;

    private PackagePath() {}

    /** The path without needless parts. */
    static String checked(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw PackageRefusal.of(
                    name, "has a path of " + name.length() + " characters; 1 to " + LONGEST + " are allowed");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw PackageRefusal.of(name, "has a control character or invalid UTF-8 in its path");
        }
        if (name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*")) {
            throw PackageRefusal.of(
                    name, "has an absolute path, a backslash or a drive; paths must be relative, with slashes");
        }
        var segments = List.of(name.split("/")).stream()
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        if (segments.contains("..")) {
            throw PackageRefusal.of(name, "has a '..' segment in its path");
        }
        if (segments.size() > DEEPEST) {
            throw PackageRefusal.of(name, "lies " + segments.size() + " directories deep; " + DEEPEST + " are allowed");
        }
        return String.join("/", segments);
    }
}
