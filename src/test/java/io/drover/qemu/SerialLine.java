package io.drover.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What the guest tells on its serial line. */
public record SerialLine(Path log) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The lines that begin with this marker so far, without it. */
    public List<String> told(String marker) {
        try {
            return Files.exists(log)
                    ? Files.readString(log, StandardCharsets.ISO_8859_1)
                            .lines()
                            .filter(line -> line.contains(marker))
                            .map(line -> line.substring(line.indexOf(marker) + marker.length())
                                    .strip())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line with this marker whose rest fits. */
    public void await(String marker, Predicate<String> rest) {
        waiting(() -> told(marker).stream().anyMatch(rest));
    }

    /** Waits until this very line has come so many times. */
    public void await(String marker, String rest, int times) {
        waiting(() -> told(marker).stream().filter(rest::equals).count() >= times);
    }

    /** The seconds that the guest has counted, as far as it has told. */
    public int seconds() {
        return told("GUEST-TICK").stream()
                .filter(rest -> rest.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    /** Waits until the guest is up, for the so-manieth time in this log. */
    public void awaitReady(int times) {
        waiting(() -> told("GUEST-READY").size() >= times);
    }

    /** Waits until a disk has been booted from so many times, and the guest is up. */
    public void awaitBoots(int boots) {
        await("GUEST-BOOTS", String.valueOf(boots)::equals);
        awaitReady(1);
    }

    private static void waiting(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }
}
