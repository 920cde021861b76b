package io.drover.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords found right lately, so that a script's every call need not cost a bcrypt. Only a digest under a key of this process
 * is kept, as long as it is used. The hash is part of it: a password that was changed, on whichever node, is no longer known.
 */
final class RecentPasswords {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 1000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Cache<String, Boolean> right;

    RecentPasswords(Clock clock) {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.right = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(KEPT)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    boolean contains(String password, String hash) {
        return right.getIfPresent(digest(password, hash)) != null;
    }

    void add(String password, String hash) {
        right.put(digest(password, hash), true);
    }

    private String digest(String password, String hash) {
        var text = (hash + '\0' + password).getBytes(StandardCharsets.UTF_8);
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }
}
