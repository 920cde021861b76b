package io.drover.conformance;

import io.drover.extension.manifest.EntryPath;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.run.FirstLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** What can be told of an extension's files without running it. */
final class FolderChecks {
    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 1L << 30;
    private static final int HEAD = 64 * 1024;
    private static final int OTHERS_WRITE = 0002;
    private static final int GROUP_WRITE = 0020;
    private static final int SET_ID = 06000;
    private static final byte[] SCRIPT = {'#', '!'};

    private final Path folder;
    private final Findings findings;
    private int files;
    private long bytes;

    FolderChecks(Path folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** Looks at all files; stops at more than a server would take. */
    void files() {
        for (var check : new Check[] {Check.LINE_ENDS, Check.MODES, Check.LINKS, Check.SIZE, Check.README}) {
            findings.made(check);
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    return look(file, attributes) ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }
            });
        } catch (IOException e) {
            findings.fail(Check.MODES, "the files cannot all be read: " + e, null);
        }
        if (!Files.isRegularFile(folder.resolve("README.md"))) {
            findings.warn(Check.README, "README.md is missing: say what it needs, its details and its limits", null);
        }
    }

    /** Whether the entry point can be run. */
    void entry(ExtensionManifest manifest) {
        findings.made(Check.ENTRY);
        var entry = folder.resolve(manifest.entry());
        var name = manifest.entry();
        try {
            if (!EntryPath.staysInside(folder, entry)) {
                findings.fail(Check.ENTRY, name + " leaves the folder through a symbolic link", null);
            } else if (!Files.exists(entry)) {
                findings.fail(Check.ENTRY, name + " is missing", null);
            } else if (!Files.isRegularFile(entry)) {
                findings.fail(Check.ENTRY, name + " is not a regular file", null);
            } else if (!Files.isReadable(entry)) {
                findings.fail(Check.ENTRY, name + " is not readable", null);
            } else if (!Files.isExecutable(entry)) {
                findings.fail(Check.ENTRY, name + " is not executable: chmod 755 " + ShellText.quoted(entry), null);
            }
        } catch (IOException e) {
            findings.fail(Check.ENTRY, name + " cannot be looked at: " + e, null);
        }
    }

    private boolean look(Path file, BasicFileAttributes attributes) throws IOException {
        files++;
        bytes += attributes.isRegularFile() ? attributes.size() : 0;
        if (files > MOST_FILES || bytes > MOST_BYTES) {
            findings.fail(
                    Check.SIZE,
                    "it has more than " + MOST_FILES + " files or " + (MOST_BYTES >> 30)
                            + " GiB: keep what it works on outside of its folder",
                    null);
            return false;
        }
        if (attributes.isSymbolicLink()) {
            link(file);
        } else {
            modes(file);
            lineEnds(file);
        }
        return true;
    }

    private void link(Path file) throws IOException {
        if (!Files.exists(file) || !file.toRealPath().startsWith(folder.toRealPath())) {
            findings.fail(
                    Check.LINKS,
                    folder.relativize(file) + " leads out of the folder, or nowhere: " + Files.readSymbolicLink(file),
                    null);
        }
    }

    private void modes(Path file) throws IOException {
        Map<String, Object> seen = Files.readAttributes(file, "unix:mode");
        int mode = (Integer) Objects.requireNonNull(seen.get("mode"));
        var name = folder.relativize(file);
        if (!Files.isReadable(file)) {
            findings.fail(Check.MODES, name + " is not readable", null);
        }
        if ((mode & OTHERS_WRITE) != 0) {
            findings.fail(Check.MODES, name + " can be written by everybody: chmod o-w", null);
        } else if ((mode & GROUP_WRITE) != 0) {
            findings.warn(Check.MODES, name + " can be written by its group", null);
        }
        if ((mode & SET_ID) != 0) {
            findings.fail(Check.MODES, name + " is set-user-id or set-group-id", null);
        }
    }

    private void lineEnds(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return;
        }
        var head = head(file);
        boolean script = head.length >= 2 && Arrays.equals(head, 0, 2, SCRIPT, 0, 2);
        if (script && new String(head, StandardCharsets.ISO_8859_1).contains("\r\n")) {
            findings.fail(
                    Check.LINE_ENDS, FirstLine.windows(folder.relativize(file).toString(), file), null);
        }
    }

    /** The file's beginning. */
    static byte[] head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
