package io.drover.access;

import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts: the only place that adds or changes one, each time with an {@link AccessChange}. */
@Service
public class Accounts {
    private final AccountRepository repository;
    private final Passwords passwords;
    private final Logins logins;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Accounts(
            AccountRepository repository,
            Passwords passwords,
            Logins logins,
            ApplicationEventPublisher events,
            Clock clock) {
        this.repository = repository;
        this.passwords = passwords;
        this.logins = logins;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Adds an enabled account.
     *
     * @throws ProblemException when a value breaks its rule or the name is taken
     */
    @Transactional
    public Account create(String name, RoleType role, String domain, String password, Actor actor) {
        return create(name, role, domain, List.of(), password, actor);
    }

    /**
     * Adds an enabled account.
     *
     * @param topics the topics whose external tasks a Worker may work on; empty for all other roles
     * @throws ProblemException when a value breaks its rule or the name is taken
     */
    @Transactional
    public Account create(
            String name, RoleType role, String domain, List<String> topics, String password, Actor actor) {
        Topics.check(role, topics);
        Names.check("/name", name);
        if (name.equals(Actor.SYSTEM.name())) {
            throw ProblemException.invalid("/name", "is what Drover calls itself in the ledger", name);
        }
        return add(name, role, DomainPath.check("/domain", domain), topics, password, false, actor);
    }

    /** The first account, an Admin whose password counts as initial until it is changed. */
    @Transactional
    Account createInitial(String name, String password) {
        return add(name, RoleType.ADMIN, DomainPath.ROOT, List.of(), password, true, Actor.SYSTEM);
    }

    /** The accounts by name. */
    public Page<Account> list(PageRequest page) {
        return repository.list(page);
    }

    /**
     * The account of that name or id.
     *
     * @throws ProblemException when there is none
     */
    public Account get(String reference) {
        return repository.find(reference).orElseThrow(() -> ProblemException.notFound("account", reference));
    }

    /** The account of that name as an actor, whether it is enabled or not. */
    public Optional<Actor> actor(String name) {
        return Names.isId(name) ? Optional.empty() : repository.find(name).map(Account::actor);
    }

    /**
     * The serial number of an account.
     *
     * @throws ProblemException when there is no such account
     */
    public long number(UUID accountId) {
        return get(accountId.toString()).number();
    }

    /**
     * Changes an account's role, domain or topics, disables or enables it. Who is logged in feels it with the next request.
     *
     * @throws ProblemException when there is no such account, or it is the last enabled Admin and would cease to be
     */
    @Transactional
    public Account update(String reference, AccountUpdate update, Actor actor) {
        if (update.domain() != null) {
            DomainPath.check("/domain", update.domain());
        }
        var admins = repository.lockEnabledAdmins();
        var before = get(reference);
        var role = update.role() == null ? before.role() : update.role();
        var domain = update.domain() == null ? before.domain() : update.domain();
        var enabled = update.enabled() == null ? before.enabled() : update.enabled();
        var kept = role == RoleType.WORKER ? before.topics() : List.<String>of();
        var topics = update.topics() == null ? kept : update.topics();
        Topics.check(role, topics);
        if (before.isEnabledAdmin() && !(enabled && role == RoleType.ADMIN) && admins == 1) {
            throw ProblemException.conflict(
                    "last-admin",
                    "'" + before.name() + "' is the last enabled Admin and must stay one; make another Admin first");
        }
        repository.update(before.id(), role, domain, enabled);
        if (!topics.equals(before.topics())) {
            repository.setTopics(before.id(), topics);
        }
        var after = get(reference);
        if (!after.equals(before)) {
            publish(actor, "account.updated", after, differences(before, after));
        }
        return after;
    }

    /** Ends an account's access; what it owns stays. */
    @Transactional
    public Account disable(String reference, Actor actor) {
        return update(reference, new AccountUpdate(null, null, false), actor);
    }

    /** Gives a disabled account its access back. */
    @Transactional
    public Account enable(String reference, Actor actor) {
        return update(reference, new AccountUpdate(null, null, true), actor);
    }

    /**
     * Sets a password. One's own needs the current one, an Admin sets anybody else's without.
     *
     * @throws ProblemException when the new password breaks the rules, the current one is wrong, or the account is not the
     *     actor's own and the actor no Admin
     */
    @Transactional
    public void changePassword(String reference, String password, @Nullable String currentPassword, Actor actor) {
        var known = repository.findWithHash(reference);
        if (known.isEmpty() || !known.get().account().id().equals(actor.id())) {
            if (actor.role() != RoleType.ADMIN) {
                throw ProblemException.forbidden("Only an Admin may set the password of another account");
            }
        } else if (currentPassword == null || !logins.isPasswordOf(known.get(), currentPassword)) {
            throw ProblemException.invalid(
                    List.of(new Violation("/currentPassword", "must be the password that the account has now", null)));
        }
        var account = known.orElseThrow(() -> ProblemException.notFound("account", reference))
                .account();
        repository.setPassword(account.id(), passwords.hash("/password", password));
        publish(actor, "account.password-changed", account, Map.of());
    }

    private Account add(
            String name,
            RoleType role,
            String domain,
            List<String> topics,
            String password,
            boolean initial,
            Actor actor) {
        var hash = passwords.hash("/password", password);
        var id = UUID.randomUUID();
        try {
            repository.add(id, name, role, domain, hash, initial, OffsetDateTime.now(clock));
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict("account-exists", "There is already an account '" + name + "'");
        }
        repository.setTopics(id, topics);
        var account = get(id.toString());
        Map<String, Object> body = new LinkedHashMap<>(Map.of("role", role.wireName(), "domain", domain));
        if (!topics.isEmpty()) {
            body.put("topics", topics);
        }
        publish(actor, "account.created", account, body);
        return account;
    }

    private void publish(Actor actor, String kind, Account account, Map<String, ?> body) {
        events.publishEvent(new AccessChange(actor, kind, account.id(), account.name(), body));
    }

    private static Map<String, Object> differences(Account before, Account after) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (before.role() != after.role()) {
            body.put("role", after.role().wireName());
        }
        if (!before.domain().equals(after.domain())) {
            body.put("domain", after.domain());
        }
        if (!before.topics().equals(after.topics())) {
            body.put("topics", after.topics());
        }
        if (before.enabled() != after.enabled()) {
            body.put("enabled", after.enabled());
        }
        return body;
    }
}
