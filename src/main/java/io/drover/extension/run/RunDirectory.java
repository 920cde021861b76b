package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run, {@code HOME/runs/<action>}: enough to pick the run up again after the server died. What a program
 * may have written there instead of the server counts as missing.
 */
record RunDirectory(Path path) {
    private static final String PID = "pid";
    private static final String FENCED = "fenced";
    private static final Pattern PROCESS = Pattern.compile("(\\d{1,10}) (\\d{1,18}) \\d{1,19}( piped)?");
    private static final Pattern EXIT_CODE = Pattern.compile("\\d{1,3}");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static RunDirectory create(Path runs, UUID actionId) throws IOException {
        return new RunDirectory(Files.createDirectory(runs.resolve(actionId.toString()), OWNER_ALONE));
    }

    static Optional<RunDirectory> existing(Path runs, UUID actionId) {
        var path = runs.resolve(actionId.toString());
        return Files.isDirectory(path) ? Optional.of(new RunDirectory(path)) : Optional.empty();
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

    /** Makes the files of the outputs, so that a full disk is told before the program is started. */
    void createOutputs() throws IOException {
        Files.createFile(output());
        Files.createFile(errorOutput());
    }

    /** Where the supervisor leaves the exit code. */
    Path exit() {
        return path.resolve("exit");
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

    /**
     * Remembers the supervisor's process so exactly that a recycled process id is not taken for it, and for the node's
     * watchdog the number that the run's processes carry.
     */
    void writePid(ProcessTree tree, boolean piped) throws IOException {
        Files.writeString(
                path.resolve(PID),
                tree.supervisor() + " " + tree.startTicks() + " " + tree.mark().number() + (piped ? " piped" : "")
                        + "\n");
    }

    /** The tree below the supervisor, if that is still the one that was started, and for this run. */
    Optional<ProcessTree> process() {
        return pid().flatMap(id -> ProcessStat.of(Long.parseLong(id.group(1)))
                        .filter(process -> process.startTicks() == Long.parseLong(id.group(2)))
                        .map(process -> new ProcessTree(process.pid(), process.startTicks(), new RunMark(actionId()))))
                .filter(ProcessTree::isSupervised);
    }

    boolean isPiped() {
        return pid().filter(id -> id.group(3) != null).isPresent();
    }

    private Optional<Matcher> pid() {
        return read(PID).map(PROCESS::matcher).filter(Matcher::matches);
    }

    private UUID actionId() {
        return UUID.fromString(path.getFileName().toString());
    }

    /** The program's exit code, once the supervisor has written it. */
    Optional<Integer> exitCode() {
        return read("exit").filter(code -> EXIT_CODE.matcher(code).matches()).map(Integer::valueOf);
    }

    /** Whether the program was ended by whoever did not know better, so that its exit code says nothing. */
    boolean isFenced() {
        return Files.exists(path.resolve(FENCED));
    }

    /** Says so, as the node's watchdog does, unless the program has ended before. */
    void fence() throws IOException {
        if (exitCode().isEmpty()) {
            Files.writeString(path.resolve(FENCED), "");
        }
    }

    /** Deletes the payload, which has secrets, before everything else. */
    void delete() throws IOException {
        Files.deleteIfExists(payload());
        RunRemoval.remove(path);
    }

    private Optional<String> read(String name) {
        try {
            var text = Files.readString(path.resolve(name), StandardCharsets.US_ASCII);
            return text.endsWith("\n") ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
