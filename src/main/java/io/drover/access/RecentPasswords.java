package io.drover.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords found right within the last minute, so that a script's every call need not cost a bcrypt. Only a digest under a
 * key of this process is kept. The hash is part of it: a password that was changed, on whichever node, is no longer known.
 */
class RecentPasswords {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final int MOST = 1000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;
    private final Map<String, Instant> until = new LinkedHashMap<>();

    RecentPasswords(Clock clock) {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.clock = clock;
    }

    boolean contains(String password, String hash) {
        var digest = digest(password, hash);
        synchronized (until) {
            var end = until.get(digest);
            return end != null && clock.instant().isBefore(end);
        }
    }

    void add(String password, String hash) {
        var digest = digest(password, hash);
        var now = clock.instant();
        synchronized (until) {
            until.remove(digest);
            until.values().removeIf(end -> !now.isBefore(end));
            if (until.size() >= MOST) {
                until.remove(until.keySet().iterator().next());
            }
            until.put(digest, now.plus(KEPT));
        }
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
