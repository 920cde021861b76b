package io.drover.extension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether the files of an extension open their own output again by name, as shell scripts do with {@code > /dev/stderr}. */
public final class StreamUse {
    private static final List<String> NAMES = List.of("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd");
    private static final long LARGEST = 1024L * 1024;
    private static final int DEPTH = 4;

    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private StreamUse() {}

    /**
     * Whether any file of the folder, up to a size of 1 MiB, names such a path; true where that cannot be told.
     *
     * @param digest of the folder, so that it is searched once; null when it is not known
     */
    public static boolean reopens(Path directory, @Nullable String digest) {
        return digest == null || KNOWN.computeIfAbsent(digest, unknown -> search(directory));
    }

    private static boolean search(Path directory) {
        try (var files = Files.walk(directory, DEPTH)) {
            return files.filter(Files::isRegularFile).anyMatch(StreamUse::names);
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private static boolean names(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return false;
            }
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return NAMES.stream().anyMatch(text::contains);
        } catch (IOException e) {
            return true;
        }
    }
}
