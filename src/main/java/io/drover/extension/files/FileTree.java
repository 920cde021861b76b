package io.drover.extension.files;

import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files below a folder as they are now, symbolic links not followed. */
record FileTree(Path root, SortedMap<String, FileTree.Entry> entries) {
    static final int MOST_FILES = 10_000;
    static final long MOST_BYTES = 1L << 30;

    private static final int ANY_EXECUTE = 0111;

    /** What of a file shows that it was changed without reading it. */
    record Entry(Path file, boolean link, boolean regular, long size, int mode, String stamp) {

        static Entry of(Path file) throws IOException {
            Map<String, Object> seen = Files.readAttributes(
                    file,
                    "unix:isSymbolicLink,isRegularFile,size,mode,ino,lastModifiedTime,ctime",
                    LinkOption.NOFOLLOW_LINKS);
            return new Entry(
                    file,
                    value(seen, "isSymbolicLink", Boolean.class),
                    value(seen, "isRegularFile", Boolean.class),
                    value(seen, "size", Long.class),
                    value(seen, "mode", Integer.class),
                    seen.get("ino") + " " + nanos(seen, "lastModifiedTime") + " " + nanos(seen, "ctime"));
        }

        private static String nanos(Map<String, Object> seen, String name) {
            return value(seen, name, FileTime.class).toInstant().toString();
        }

        private static <T> T value(Map<String, Object> seen, String name, Class<T> type) {
            return type.cast(Objects.requireNonNull(seen.get(name), name));
        }
    }

    static FileTree list(Path root) throws IOException {
        var entries = new TreeMap<String, Entry>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            private long bytes;

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                bytes += attributes.isRegularFile() ? attributes.size() : 0;
                entries.put(root.relativize(file).toString(), Entry.of(file));
                if (entries.size() > MOST_FILES || bytes > MOST_BYTES) {
                    throw tooLarge(root);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new FileTree(root, entries);
    }

    String fingerprint() {
        var text = new StringBuilder();
        entries.forEach((path, entry) -> text.append(path)
                .append('\0')
                .append(entry.size())
                .append(' ')
                .append(entry.mode())
                .append(' ')
                .append(entry.stamp())
                .append('\0'));
        var sha = Sha256.begin();
        return HexFormat.of().formatHex(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** What each file is, read anew. */
    FileListing listing() throws IOException {
        var files = new TreeMap<String, String>();
        for (var entry : entries.entrySet()) {
            files.put(entry.getKey(), what(entry.getValue()));
        }
        return new FileListing(files);
    }

    private static String what(Entry entry) throws IOException {
        if (entry.link()) {
            return "l" + Files.readSymbolicLink(entry.file());
        }
        if (!entry.regular()) {
            return "o";
        }
        return ((entry.mode() & ANY_EXECUTE) == 0 ? "f" : "x") + Sha256.of(entry.file());
    }

    private static ProblemException tooLarge(Path root) {
        return ProblemException.conflict(
                "extension-folder-too-large",
                "The folder " + root + " has more than " + MOST_FILES + " files or " + (MOST_BYTES >> 30)
                        + " GiB; keep what an extension works on outside of its folder");
    }
}
