package io.drover.qemu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A small file system; the test is skipped where none can be mounted. */
final class Mount implements AutoCloseable {
    private final Path place;

    private Mount(Path place) {
        this.place = place;
    }

    static Mount tmpfs(Path place, String size) {
        var mounted = runs("mount", "-t", "tmpfs", "-o", "size=" + size, "none", place.toString());
        assumeTrue(mounted, "A tmpfs cannot be mounted here: that needs root and CAP_SYS_ADMIN");
        return new Mount(place);
    }

    /** Lets nobody change anything from now on; what is open for writing is kept out of it by a bind. */
    void readOnly() throws IOException {
        Images.run("mount", "--bind", place.toString(), place.toString());
        Images.run("mount", "-o", "remount,bind,ro", place.toString());
    }

    void writable() throws IOException {
        Images.run("umount", place.toString());
    }

    @Override
    public void close() {
        while (runs("umount", place.toString())) {
            continue;
        }
        runs("umount", "-l", place.toString());
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
