package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run, {@code HOME/runs/<action>}: enough to pick the run up again after the server died. What a program
 * may have written there instead of the server counts as missing.
 */
record RunDirectory(Path path) {
    static final String PID = "pid";
    static final String EXIT = "exit";
    private static final String FENCED = "fenced";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static RunDirectory create(Path runs, UUID actionId) throws IOException {
        return new RunDirectory(Files.createDirectory(runs.resolve(actionId.toString()), OWNER_ALONE));
    }

    /** What stands in the place of an action's directory, whatever that is; empty where nothing does. */
    static Optional<RunDirectory> existing(Path runs, UUID actionId) {
        var path = runs.resolve(actionId.toString());
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(new RunDirectory(path)) : Optional.empty();
    }

    /** Where a program works that is not trusted with the directory itself. */
    Path work() {
        return path.resolve("work");
    }

    /**
     * Makes {@link #work()}, so that the program cannot touch what the server has to believe.
     *
     * @param user whom it is for; null for the server's own
     */
    void separate(@Nullable RunUser user) throws IOException {
        Files.createDirectory(work(), OWNER_ALONE);
        if (user != null) {
            user.letThrough(path);
            user.own(work());
        }
    }

    Path payload() {
        return path.resolve("payload.json");
    }

    Path output() {
        return path.resolve("stdout");
    }

    /** Makes the files of the outputs and of the exit code, so that a full disk is told before the program is started. */
    void createOutputs() throws IOException {
        Files.createFile(output());
        Files.createFile(errorOutput());
        Files.createFile(exit());
    }

    /** Where the supervisor leaves the exit code. */
    Path exit() {
        return path.resolve(EXIT);
    }

    Path pid() {
        return path.resolve(PID);
    }

    Path errorOutput() {
        return path.resolve("stderr");
    }

    /**
     * Writes the payload for nobody but the one who reads it.
     *
     * @param user who that is; null for the server's own
     */
    void writePayload(byte[] content, @Nullable RunUser user) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                payload(), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            channel.write(java.nio.ByteBuffer.wrap(content));
        }
        if (user != null) {
            user.own(payload());
        }
    }

    /** Whether the program was ended by whoever did not know better, so that its exit code says nothing. */
    boolean isFenced() {
        return Files.exists(path.resolve(FENCED), LinkOption.NOFOLLOW_LINKS);
    }

    /** Says so, as the node's watchdog does. */
    void fence() throws IOException {
        try (var handle = RunHandle.open(path)) {
            handle.write(FENCED, new byte[0]);
        }
    }

    UUID actionId() {
        return UUID.fromString(path.getFileName().toString());
    }

    /** Deletes whatever stands in its place: the payload, which has secrets, before everything else. */
    void delete() throws IOException {
        try (var handle = RunHandle.open(path)) {
            handle.delete(payload().getFileName());
        } catch (FileSystemException e) {
            // it is no longer a directory, or can be entered only after more effort
        }
        RunRemoval.remove(
                Objects.requireNonNull(path.getParent()), path.getFileName().toString());
    }
}
