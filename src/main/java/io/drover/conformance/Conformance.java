package io.drover.conformance;

import io.drover.conformance.CheckResult.Outcome;
import io.drover.extension.run.ExtensionRunner;
import io.drover.extension.run.StandaloneRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** The conformance kit. It needs neither a server nor a database, but the machine that programs are to run on. */
public final class Conformance {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private Conformance() {}

    /**
     * Verifies the extension in this folder. What the kit needs on disk is in a temporary directory and removed.
     *
     * @throws IllegalArgumentException when there is no such folder, or the directory for reports is not empty
     */
    public static Report verify(Path folder, Options options) {
        var place = temporary();
        var runner = StandaloneRunner.in(place.resolve("home"), GRACE, Clock.systemUTC());
        try {
            return verify(folder, options, runner, place.resolve("bin"), Clock.systemUTC());
        } finally {
            runner.destroy();
            remove(place);
        }
    }

    /**
     * The same with a runner that somebody else made, so that programs are held as they are there.
     *
     * @param work a directory that may be missing, for scripts; empty afterwards
     */
    public static Report verify(Path folder, Options options, ExtensionRunner runner, Path work, Clock clock) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder " + folder);
        }
        try {
            Files.createDirectories(work);
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new FolderVerification(folder.toRealPath(), options, runner, work, clock).make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(work);
        }
    }

    /** What failed, one sentence each with the check's id, the cause first; empty when the report says passed. */
    public static List<String> failures(Report report) {
        return report.worstFirst().stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .map(check -> check.id() + ": " + check.findings().get(0).message())
                .toList();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("drover-verify-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path place) {
        try {
            FileSystemUtils.deleteRecursively(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
