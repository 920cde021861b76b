package io.drover.extension.files;

import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What identifies the files of an extension: SHA-256 over every regular file's relative path, contents and executable bit
 * and over every symbolic link's target, hidden ones included.
 */
public final class ExtensionDigest {

    /**
     * How long files must have looked the same before their digest is believed without reading them again. A file that is
     * written twice within one tick of the file system's clock looks the same both times; no clock in use ticks slower.
     */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int MOST_REMEMBERED = 1000;
    private static final Map<Path, Known> KNOWN = new ConcurrentHashMap<>();

    private record Known(String fingerprint, long firstSeenNanos, String digest, boolean settled) {}

    private ExtensionDigest() {}

    /**
     * The digest of the files in this folder, as 64 hexadecimal digits. Cheap while the files stay as they are.
     *
     * @throws ProblemException when the folder has more than 10,000 files or 1 GiB
     * @throws UncheckedIOException when the folder is missing or a file cannot be read
     */
    public static String of(Path directory) {
        try {
            return of(FileTree.list(directory.toRealPath()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the files of " + directory, e);
        }
    }

    /**
     * What the digest is made of, read anew.
     *
     * @throws ProblemException when the folder has more than 10,000 files or 1 GiB
     * @throws UncheckedIOException when the folder is missing or a file cannot be read
     */
    public static FileListing listing(Path directory) {
        try {
            return FileTree.list(directory.toRealPath()).listing();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the files of " + directory, e);
        }
    }

    private static String of(FileTree tree) throws IOException {
        var now = System.nanoTime();
        var fingerprint = tree.fingerprint();
        var known = KNOWN.get(tree.root());
        if (known != null && known.settled() && known.fingerprint().equals(fingerprint)) {
            return known.digest();
        }
        var firstSeen = known != null && known.fingerprint().equals(fingerprint) ? known.firstSeenNanos() : now;
        var digest = tree.listing().digest();
        if (KNOWN.size() >= MOST_REMEMBERED) {
            KNOWN.clear();
        }
        var settled = now - firstSeen >= SETTLED.toNanos();
        KNOWN.put(tree.root(), new Known(fingerprint, firstSeen, digest, settled));
        return digest;
    }
}
