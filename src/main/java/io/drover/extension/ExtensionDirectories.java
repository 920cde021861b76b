package io.drover.extension;

import io.drover.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The directories whose folders are extensions; those that are missing are passed over, the last is created. */
@Component
class ExtensionDirectories {
    private final List<Path> all;

    ExtensionDirectories(ExtensionProperties properties, Home home) {
        var configured = properties.directories().stream().map(Path::of).toList();
        var paths = configured.isEmpty()
                ? List.of(Path.of("extensions"), home.root().resolve("extensions"))
                : configured;
        this.all = paths.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .distinct()
                .toList();
        try {
            Files.createDirectories(last());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + last(), e);
        }
    }

    /** All of them, absolute. */
    List<Path> all() {
        return all;
    }

    /** The one that Drover itself writes to. */
    Path last() {
        return all.get(all.size() - 1);
    }

    /** Whether any of them has a folder of this name. */
    boolean have(String folder) {
        return all.stream().anyMatch(directory -> Files.isDirectory(directory.resolve(folder)));
    }

    /** Every folder, in the directories' order, by name within each; hidden folders are none. */
    List<Path> folders() throws IOException {
        try (var folders = all.stream().flatMap(ExtensionDirectories::folders)) {
            return folders.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Stream<Path> folders(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (var children = Files.list(directory)) {
            return children
                    .filter(child -> Files.isDirectory(child)
                            && !child.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
