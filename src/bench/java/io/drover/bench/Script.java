package io.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The programs that are called: they read their payload and answer, and start no further process. */
final class Script {
    private static final String TRIVIAL = """
            #!/bin/sh
            read -r payload <"$2"
            printf '{"status":"success","power_state":"poweron"}\\n'
            """;

    /** Answers {@code reboot} after five seconds and everything else at once. */
    private static final String SLOW = """
            #!/bin/sh
            [ "$1" = reboot ] && sleep 5
            printf '{"status":"success"}\\n'
            """;

    private Script() {}

    static Path trivial(Path extensions) throws IOException {
        return extension(extensions, "Trivial", TRIVIAL);
    }

    static Path slow(Path extensions) throws IOException {
        return extension(extensions, "Slow", SLOW);
    }

    private static Path extension(Path extensions, String name, String script) throws IOException {
        var folder = Files.createDirectories(extensions.resolve(name));
        var entry = folder.resolve("entry.sh");
        Files.writeString(entry, script);
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxr-xr-x"));
        var manifest = "manifestVersion: 1\nname: " + name + "\ntype: Orchestrator\nentry: entry.sh\n";
        Files.writeString(folder.resolve("extension.yaml"), manifest);
        return entry;
    }
}
