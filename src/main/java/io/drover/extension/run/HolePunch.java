package io.drover.extension.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives blocks inside a file back to the file system; Java itself cannot. */
record HolePunch(Path tool) {

    /** By fallocate(1) of util-linux. */
    static final HolePunch FALLOCATE = new HolePunch(Path.of("/usr/bin/fallocate"));

    /** Gives back what lies between two offsets; the file keeps its size. False where that is impossible. */
    boolean punch(Path file, long from, long to) throws IOException {
        if (!Files.isExecutable(tool)) {
            return false;
        }
        var process = new ProcessBuilder(
                        tool.toString(), "--punch-hole", "--offset=" + from, "--length=" + (to - from), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while giving back blocks of " + file, e);
        }
    }
}
