package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/** The files of one run, {@code HOME/runs/<action>}: enough to pick the run up again after the server died. */
record RunDirectory(Path path) {
    private static final String PID = "pid";
    private static final String EXIT = "exit";

    static RunDirectory create(Path runs, UUID actionId) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        return new RunDirectory(Files.createDirectory(runs.resolve(actionId.toString()), mode));
    }

    static Optional<RunDirectory> existing(Path runs, UUID actionId) {
        var path = runs.resolve(actionId.toString());
        return Files.isDirectory(path) ? Optional.of(new RunDirectory(path)) : Optional.empty();
    }

    Path payload() {
        return path.resolve("payload.json");
    }

    Path output() {
        return path.resolve("stdout");
    }

    Path errorOutput() {
        return path.resolve("stderr");
    }

    void writePayload(byte[] content) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                payload(), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            channel.write(java.nio.ByteBuffer.wrap(content));
        }
    }

    /** Remembers the supervisor's process so exactly that a recycled process id is not taken for it. */
    void writePid(ProcessHandle process) throws IOException {
        Files.writeString(path.resolve(PID), process.pid() + " " + startOf(process) + "\n");
    }

    /** The supervisor's process if it is still the one that was started. */
    Optional<ProcessHandle> process() {
        return read(PID).map(line -> line.split(" ")).flatMap(parts -> ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(process -> startOf(process) == Long.parseLong(parts[1])));
    }

    /** The program's exit code, once the supervisor has written it. */
    Optional<Integer> exitCode() {
        return read(EXIT).map(Integer::valueOf);
    }

    /** Whether the node's watchdog has ended the run. */
    boolean isFenced() {
        return Files.exists(path.resolve("fenced"));
    }

    /** Deletes the payload, which has secrets, before everything else. */
    void delete() throws IOException {
        Files.deleteIfExists(payload());
        FileSystemUtils.deleteRecursively(path);
    }

    private Optional<String> read(String name) {
        try {
            var text = Files.readString(path.resolve(name), StandardCharsets.US_ASCII);
            return text.endsWith("\n") ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long startOf(ProcessHandle process) {
        return ProcessStat.of(process.pid()).map(ProcessStat::startTicks).orElseGet(() -> process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L));
    }
}
