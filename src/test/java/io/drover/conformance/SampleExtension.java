package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.manifest.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A folder with an extension that keeps the contract, for tests to break. */
final class SampleExtension {
    private static final Path GOOD = Path.of("src/test/resources/conformance/good");

    final Path folder;
    final Path state;

    SampleExtension(Path root) throws IOException {
        folder = Files.createDirectories(root.resolve("good"));
        state = Files.createDirectories(root.resolve("state"));
        try (var files = Files.list(GOOD)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
                mode(file.getFileName().toString(), "rw-r--r--");
            }
        }
        mode("good.sh", "rwxr-xr-x");
    }

    SampleExtension mode(String file, String mode) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString(mode));
        return this;
    }

    /** Replaces a text that must be in the file. */
    SampleExtension edit(String file, String from, String to) throws IOException {
        var path = folder.resolve(file);
        var text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
        return this;
    }

    Options options(Thoroughness level) {
        return options(level, "t0ps3cret-t0ken");
    }

    private Options options(Thoroughness level, String token) {
        return Options.of(level)
                .withDetails(Map.of(Level.EXTENSION, Map.of("state_directory", state.toString(), "api_token", token)));
    }

    Report verify(Thoroughness level) {
        return Conformance.verify(folder, options(level));
    }

    /** @param token the secret in its details */
    Report verify(Thoroughness level, String token) {
        return Conformance.verify(folder, options(level, token));
    }
}
