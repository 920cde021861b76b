package io.drover.access;

import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import io.drover.secret.LiveSecrets;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Which passwords are allowed, how they are hashed and how they are checked. */
@Component
class Passwords {
    private static final int SHORTEST = 12;
    /** bcrypt looks at no more than this. */
    private static final int MOST_BYTES = 72;

    private static final int RANDOM_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final PasswordEncoder encoder;
    private final RecentPasswords recent;
    private final String nobodys;

    Passwords(Clock clock) {
        encoder = new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder()));
        recent = new RecentPasswords(clock);
        nobodys = encoder.encode(random());
    }

    /** A password of 24 URL-safe characters. */
    final String random() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of a new password, which is refused at {@code pointer} when it breaks the rules. */
    String hash(String pointer, @Nullable String password) {
        if (password == null || password.codePointCount(0, password.length()) < SHORTEST) {
            throw refusal(pointer, "must have at least " + SHORTEST + " characters");
        }
        if (bytes(password) > MOST_BYTES) {
            throw refusal(pointer, "must have at most " + MOST_BYTES + " bytes in UTF-8");
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            throw refusal(pointer, "must have no control characters");
        }
        LiveSecrets.remember(password);
        return encoder.encode(password);
    }

    /** Whether this password was found to be the one behind the hash lately; costs nothing. */
    boolean isRemembered(String password, @Nullable String hash) {
        return hash != null && bytes(password) <= MOST_BYTES && recent.contains(password, hash);
    }

    /** Whether the password is the one behind the hash; takes as long when there is no hash. */
    boolean matches(String password, @Nullable String hash) {
        if (bytes(password) > MOST_BYTES) {
            return false;
        }
        var right = encoder.matches(password, hash == null ? nobodys : hash);
        if (hash == null || !right) {
            return false;
        }
        LiveSecrets.remember(password);
        recent.add(password, hash);
        return true;
    }

    private static int bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }

    private static ProblemException refusal(String pointer, String message) {
        return ProblemException.invalid(List.of(new Violation(pointer, message, null)));
    }
}
