package io.drover.access;

import io.drover.secret.LiveSecrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The text of an API key: {@code drv_}, its id without dashes, {@code _} and 256 random bits. */
record ApiKeyText(UUID id, String secret) {
    ApiKeyText {
        LiveSecrets.remember(secret);
    }

    private static final Pattern PATTERN = Pattern.compile(
            "drv_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static ApiKeyText random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new ApiKeyText(
                UUID.randomUUID(), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static Optional<ApiKeyText> parse(String text) {
        var match = PATTERN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var id = String.join("-", match.group(1), match.group(2), match.group(3), match.group(4), match.group(5));
        return Optional.of(new ApiKeyText(UUID.fromString(id), match.group(6)));
    }

    String text() {
        return "drv_" + id.toString().replace("-", "") + "_" + secret;
    }

    String hash() {
        return Digests.sha256(secret);
    }

    /** Whether the secret has this hash; takes equally long wherever they differ. */
    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ApiKeyText[id=" + id + "]";
    }
}
