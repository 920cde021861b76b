package io.drover.home;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a directory and a file can be made in a directory, found out by making them: free space says nothing of quotas, and
 * nothing of a file system that has become read-only. Tried once a second at most, however many ask. What a server leaves that
 * is killed meanwhile has the same name in the next, which removes it.
 */
public final class DirectoryProbe {
    private static final byte[] CONTENT = new byte[4096];
    private static final String PREFIX = ".probe-";
    private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicInteger PROBES = new AtomicInteger();

    private final Path probe;
    private final LongSupplier nanoTime;
    private long nextLook;
    private @Nullable IOException failure;

    /** @param directory the one to make files in */
    public DirectoryProbe(Path directory) {
        this(directory, System::nanoTime);
    }

    DirectoryProbe(Path directory, LongSupplier nanoTime) {
        this.probe = directory.resolve(PREFIX + PROBES.getAndIncrement());
        this.nanoTime = nanoTime;
        this.nextLook = nanoTime.getAsLong();
    }

    /** Why nothing can be made there, as of a second ago at most; null when it can. */
    public synchronized @Nullable IOException failure() {
        return nanoTime.getAsLong() - nextLook >= 0 ? failureNow() : failure;
    }

    /** The same by trying anew. */
    public synchronized @Nullable IOException failureNow() {
        failure = attempt();
        nextLook = nanoTime.getAsLong() + GOOD_FOR;
        return failure;
    }

    private @Nullable IOException attempt() {
        try {
            make();
            var file = probe.resolve("file");
            try {
                Files.write(file, CONTENT);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(probe);
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void make() throws IOException {
        try {
            Files.createDirectory(probe);
        } catch (FileAlreadyExistsException left) {
            Files.deleteIfExists(probe.resolve("file"));
        }
    }
}
