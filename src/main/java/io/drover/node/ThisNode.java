package io.drover.node;

import io.drover.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** This Drover server among those that share a database; its name is kept in its home and survives restarts. */
@Component
public class ThisNode {
    private final String name;
    private final Path incarnation;

    ThisNode(Home home) {
        this.name = load(home.root().resolve("node"));
        this.incarnation = home.root().resolve("incarnation");
    }

    /** The machine's host name and a random part, e.g. {@code vmhost7-3f2a90c1}. */
    public String name() {
        return name;
    }

    /** Which life of the node this home had last. */
    Optional<UUID> lastIncarnation() {
        try {
            return Files.exists(incarnation)
                    ? Optional.of(UUID.fromString(Files.readString(incarnation).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + incarnation, e);
        }
    }

    void remember(UUID life) {
        try {
            Files.writeString(incarnation, life + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + incarnation, e);
        }
    }

    private static String load(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.writeString(
                        file, hostName() + "-" + UUID.randomUUID().toString().substring(0, 8));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + file, e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "node";
        }
    }
}
