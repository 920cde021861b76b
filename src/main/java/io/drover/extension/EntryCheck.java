package io.drover.extension;

import io.drover.extension.manifest.EntryPath;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Whether an extension's entry point is there and can be executed. */
final class EntryCheck {
    private EntryCheck() {}

    /** Why it cannot, with paths relative to the extension's folder; null when it can. */
    static @Nullable String whyNot(Extension extension) {
        var directory = extension.directory();
        var entry = extension.entry();
        var path = extension.path();
        if (!Files.isDirectory(directory)) {
            return "the folder " + directory.getFileName() + " is missing";
        }
        if (leaves(extension)) {
            return path + " leaves the folder through a symbolic link";
        }
        if (!Files.exists(entry)) {
            return path + " is missing";
        }
        if (!Files.isRegularFile(entry)) {
            return path + " is not a regular file";
        }
        if (!Files.isReadable(entry)) {
            return path + " is not readable";
        }
        return Files.isExecutable(entry) ? null : path + " is not executable";
    }

    private static boolean leaves(Extension extension) {
        try {
            return !EntryPath.staysInside(extension.directory(), extension.entry());
        } catch (IOException e) {
            return true;
        }
    }
}
