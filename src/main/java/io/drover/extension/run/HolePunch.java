package io.drover.extension.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Gives blocks inside a file back to the file system; Java itself cannot. */
record HolePunch(Path tool) {

    /** By fallocate(1) of util-linux. */
    static final HolePunch FALLOCATE = new HolePunch(Path.of("/usr/bin/fallocate"));

    /** Less than what a run's files may take in all. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Gives back what lies between two offsets; the file keeps its size. False where that is impossible. */
    boolean punch(Path file, long from, long to) throws IOException {
        if (!Files.isExecutable(tool)) {
            return false;
        }
        var command = List.of(
                tool.toString(), "--punch-hole", "--offset=" + from, "--length=" + (to - from), file.toString());
        try {
            return ShortTool.run(command, LIMIT).exitCode() == 0;
        } catch (UncheckedIOException e) {
            throw new IOException("Blocks of " + file + " cannot be given back", e.getCause());
        }
    }
}
