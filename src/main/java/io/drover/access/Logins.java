package io.drover.access;

import io.drover.access.AccountRepository.WithHash;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** Who somebody is, from what they show. */
@Service
public class Logins {
    private static final int LONGEST_NAME = 63;
    private static final int LOCKS = 64;

    private final AccountRepository repository;
    private final ApiKeyRepository keys;
    private final Passwords passwords;
    private final LoginAttempts attempts;
    private final Clock clock;
    private final ReentrantLock[] locks;

    Logins(AccountRepository repository, ApiKeyRepository keys, Passwords passwords, Clock clock) {
        this.repository = repository;
        this.keys = keys;
        this.passwords = passwords;
        this.attempts = new LoginAttempts(clock);
        this.clock = clock;
        this.locks =
                IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);
    }

    /**
     * The login of the enabled account with this name and password; empty when there is none, whatever the reason.
     *
     * @throws ProblemException of kind TOO_MANY when the name had too many wrong passwords lately
     */
    public Optional<Login> byPassword(String name, String password) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        attempts.check(name);
        var found = repository
                .findWithHash(name)
                .filter(known -> known.account().name().equals(name));
        var hash = found.map(WithHash::hash).orElse(null);
        var lock = locks[Math.floorMod(name.hashCode(), LOCKS)];
        lock.lock();
        try {
            attempts.check(name);
            if (!passwords.matches(password, hash)) {
                attempts.failed(name);
                return Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        return found.filter(known -> known.account().enabled()).map(Logins::login);
    }

    /** The actor behind an API key that is neither revoked nor expired, of an enabled account. */
    public Optional<Actor> byApiKey(String key) {
        return ApiKeyText.parse(key).flatMap(parts -> keys.findOwner(parts.id())
                .filter(owner -> parts.hasHash(owner.secretHash()) && owner.isValidAt(clock.instant()))
                .map(ApiKeyRepository.Owner::actor));
    }

    /** An earlier login as it stands now; empty when the account was disabled or its password changed since. */
    public Optional<Login> again(Login login) {
        return repository
                .findWithHash(login.actor().id().toString())
                .filter(known -> known.account().enabled())
                .map(Logins::login)
                .filter(now -> now.stamp().equals(login.stamp()));
    }

    private static Login login(WithHash known) {
        var hash = known.hash();
        return new Login(known.account().actor(), Digests.sha256(hash == null ? "" : hash));
    }
}
