package io.drover.access;

import io.drover.access.AccountRepository.WithHash;
import io.drover.access.LoginAttempts.Place;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who somebody is, from what they show. */
@Service
public class Logins {
    private static final int LONGEST_NAME = 63;

    private final AccountRepository repository;
    private final ApiKeyRepository keys;
    private final Passwords passwords;
    private final LoginTrace trace;
    private final LoginAttempts attempts;
    private final PasswordGate gate = new PasswordGate();
    private final Clock clock;

    private enum Attempt {
        RIGHT,
        WRONG,
        WRONG_AND_LAST
    }

    Logins(
            AccountRepository repository,
            ApiKeyRepository keys,
            Passwords passwords,
            LoginTrace trace,
            Clock clock) {
        this.repository = repository;
        this.keys = keys;
        this.passwords = passwords;
        this.trace = trace;
        this.attempts = new LoginAttempts(clock);
        this.clock = clock;
    }

    /**
     * The login of the enabled account with this name and password; empty when there is none, whatever the reason, which nobody
     * can tell from the time that it takes either.
     *
     * @param address the network address that it comes from
     * @throws ProblemException of kind TOO_MANY when there were too many wrong passwords lately, or are too many now
     */
    public Optional<Login> byPassword(String name, String password, String address) {
        var place = new Place(name.length() > LONGEST_NAME ? "" : name, Addresses.counted(address));
        attempts.check(place);
        var found = name.length() > LONGEST_NAME
                ? Optional.<WithHash>empty()
                : repository.findWithHash(name).filter(known -> known.account().name().equals(name));
        var enabled = found.filter(known -> known.account().enabled());
        var hash = enabled.map(WithHash::hash).orElse(null);
        var result = passwords.isRemembered(password, hash) ? Attempt.RIGHT : attempt(place, password, hash);
        if (result == Attempt.RIGHT) {
            attempts.succeeded(place);
            return enabled.map(Logins::login);
        }
        tell(name, found.map(WithHash::account).orElse(null), address, result);
        return Optional.empty();
    }

    /**
     * Whether this is the password of an account whose owner is logged in already. Wrong ones are counted and told as those of
     * logins are.
     *
     * @throws ProblemException of kind TOO_MANY when there were too many wrong ones lately
     */
    boolean isPasswordOf(WithHash known, String password) {
        var account = known.account();
        var place = new Place(account.name(), "account " + account.id());
        attempts.check(place);
        var result = attempt(place, password, known.hash());
        tell(account.name(), account, "its own login", result);
        return result == Attempt.RIGHT;
    }

    /** The browser's session of somebody begins. */
    public void sessionBegins(Login login, String address) {
        trace.succeeded(login.actor(), address);
    }

    private Attempt attempt(Place place, String password, @Nullable String hash) {
        return gate.inTurn(place, () -> {
            attempts.check(place);
            var right = passwords.isRemembered(password, hash)
                    || gate.check(place.address(), attempts.isUsual(place), () -> passwords.matches(password, hash));
            if (right) {
                return Attempt.RIGHT;
            }
            return attempts.failed(place) ? Attempt.WRONG_AND_LAST : Attempt.WRONG;
        });
    }

    private void tell(String name, @Nullable Account account, String address, Attempt result) {
        if (result == Attempt.WRONG_AND_LAST) {
            trace.lockedOut(name, account, address);
        } else if (result == Attempt.WRONG) {
            trace.failed(name, account, address);
        }
    }

    /**
     * The actor behind an API key that is neither revoked nor expired, of an enabled account.
     *
     * @param address the network address that it comes from
     */
    public Optional<Actor> byApiKey(String key, String address) {
        var parts = ApiKeyText.parse(key);
        var actor = parts.flatMap(known -> keys.findOwner(known.id())
                .filter(owner -> known.hasHash(owner.secretHash()) && owner.isValidAt(clock.instant()))
                .map(ApiKeyRepository.Owner::actor));
        if (actor.isEmpty()) {
            trace.keyRefused(parts.map(known -> known.id().toString()).orElse("-"), address);
        }
        return actor;
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
        return new Login(
                known.account().actor(),
                Digests.sha256(hash == null ? "" : hash),
                known.account().passwordInitial());
    }
}
