package io.drover.access;

import io.drover.home.Home;
import io.drover.secret.LiveSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Seals secrets for the database with AES-256-GCM, under a key that lies in a file beside it. */
@Component
public class SecretBox {
    private static final String VERSION = "v1:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Path keyFile;
    private final SecretKeySpec key;
    private final SecretKeySpec fingerprints;

    SecretBox(SecretProperties properties, Home home) throws IOException {
        var given = properties.keyFile();
        keyFile = given == null
                ? home.directory("keys").resolve("secrets.key")
                : given.toAbsolutePath().normalize();
        var fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        PrivateFile.writeOnce(keyFile, Base64.getEncoder().encodeToString(fresh) + "\n");
        var bytes = read(keyFile);
        key = new SecretKeySpec(bytes, "AES");
        fingerprints = new SecretKeySpec(derived(bytes, "fingerprints"), MAC);
    }

    /** Where the key lies. */
    Path keyFile() {
        return keyFile;
    }

    /** A text that only {@link #open} turns back; another one each time, even for the same secret. */
    public String seal(String plain) {
        LiveSecrets.remember(plain);
        return sealUnnoticed(plain);
    }

    /** The same for what is no secret. */
    String sealUnnoticed(String plain) {
        return VERSION + Base64.getEncoder().encodeToString(sealBytes(plain.getBytes(StandardCharsets.UTF_8)));
    }

    /** Bytes that only {@link #openBytes} turns back. */
    public byte[] sealBytes(byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var box = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + box.length)
                    .put(nonce)
                    .put(box)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret could not be sealed with the key in " + keyFile, e);
        }
    }

    /** A digest under a key of this installation: the same for the same text, and of no use to who has not the key. */
    public String fingerprint(String text) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(fingerprints);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + MAC, e);
        }
    }

    /**
     * The secret that was sealed.
     *
     * @throws IllegalStateException when the text was changed, or sealed with another key; it names the key's file, not the text
     */
    public String open(String sealed) {
        var plain = openUnnoticed(sealed);
        LiveSecrets.remember(plain);
        return plain;
    }

    /** The same for what is no secret. */
    String openUnnoticed(String sealed) {
        try {
            if (!sealed.startsWith(VERSION)) {
                throw new IllegalArgumentException("It does not begin with " + VERSION);
            }
            var bytes = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
            return new String(opened(bytes), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unopened(e);
        }
    }

    /**
     * The bytes that were sealed.
     *
     * @throws IllegalStateException like {@link #open}
     */
    public byte[] openBytes(byte[] sealed) {
        try {
            return opened(sealed);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unopened(e);
        }
    }

    private byte[] opened(byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("It is too short");
        }
        var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES));
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private IllegalStateException unopened(Exception cause) {
        return new IllegalStateException(
                "A sealed secret cannot be opened: it was changed, or sealed with another key than the one in "
                        + keyFile,
                cause);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] derived(byte[] key, String use) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(use.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + MAC, e);
        }
    }

    private static byte[] read(Path file) {
        try {
            var bytes = Base64.getDecoder().decode(Files.readString(file).strip());
            if (bytes.length != KEY_BYTES) {
                throw new IllegalStateException(
                        file + " must hold a key of " + KEY_BYTES + " bytes, not " + bytes.length);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the key for secrets, " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " must hold " + KEY_BYTES + " bytes in Base64 and does not", e);
        }
    }
}
