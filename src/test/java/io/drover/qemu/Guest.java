package io.drover.qemu;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tiny guest that the tests boot, built once for all of them. */
public final class Guest {
    private static final Path SCRIPT = Path.of("src/test/resources/guest/make-guest.sh");
    private static final Path DIRECTORY = Path.of("target/guest").toAbsolutePath();
    private static final List<String> PATHS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private static @Nullable String trouble;
    private static boolean built;

    private Guest() {}

    /** A disk that boots the guest by itself; the test is skipped with the reason where it cannot be built. */
    public static synchronized Path template() {
        if (!built) {
            trouble = build();
            built = true;
        }
        assumeTrue(trouble == null, "The guest cannot be built: " + trouble);
        return DIRECTORY.resolve("template.qcow2");
    }

    /** Skips the test where one of these programs is missing. */
    public static void needs(String packages, String... programs) {
        var missing = Stream.of(programs).filter(name -> find(name).isEmpty()).toList();
        assumeTrue(missing.isEmpty(), missing + " missing: apt-get install " + packages);
    }

    /** Skips the test where there is no QEMU. */
    public static void needsQemu() {
        needs("qemu-system-x86 qemu-utils python3", "qemu-system-x86_64", "qemu-img", "python3");
    }

    /** Where a program is, on the path that extensions have. */
    static Optional<Path> find(String program) {
        return PATHS.stream()
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One JVM builds it, others find it built. */
    private static @Nullable String build() {
        try {
            Files.createDirectories(DIRECTORY);
            var log = Files.createTempFile("guest-", ".log");
            try (var channel = FileChannel.open(DIRECTORY.resolve("lock"), CREATE, WRITE)) {
                channel.lock();
                var process = new ProcessBuilder(SCRIPT.toString(), DIRECTORY.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (!process.waitFor(3, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    return "it takes more than three minutes";
                }
                return process.exitValue() == 0 ? null : Files.readString(log).strip();
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
