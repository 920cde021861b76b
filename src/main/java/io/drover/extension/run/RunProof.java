package io.drover.extension.run;

import io.drover.home.StartRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells what Drover and its supervisors wrote about a run from what the run's program wrote in their place: a keyed digest
 * that goes with it. The key is in {@code HOME/runs.key}; a program that runs as the server's own user can read it, as it can
 * read the database, but none writes a proof by accident.
 *
 * @param isNew whether the key was made just now, so that runs of a Drover that knew no proofs may be about
 */
record RunProof(SecretKeySpec key, boolean isNew) {
    private static final String FILE = "runs.key";
    private static final String DIGEST = "HmacSHA256";
    private static final int BYTES = 32;
    private static final int SHOWN_BYTES = 16;

    /** With the key of a home, which is made where it is missing or is no longer one. */
    static RunProof in(Path home) {
        var file = home.resolve(FILE);
        try {
            var known = read(file);
            return known.length == BYTES ? with(known, false) : with(make(file), true);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The file " + file + " cannot be read or written: " + e,
                    "Make it readable for the user that runs the server, or remove it; runs that are under way are lost then.");
        }
    }

    private static RunProof with(byte[] key, boolean isNew) {
        return new RunProof(new SecretKeySpec(key, DIGEST), isNew);
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (var input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return input.readNBytes(BYTES + 1);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static byte[] make(Path file) throws IOException {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        var draft = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(draft);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(draft, options, mode)) {
            channel.write(java.nio.ByteBuffer.wrap(key));
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return key;
    }

    /** That Drover has said this of a run; 32 hexadecimal digits. */
    String of(UUID run, String said) {
        try {
            var mac = Mac.getInstance(DIGEST);
            mac.init(key);
            var digest = mac.doFinal((run + " " + said).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
