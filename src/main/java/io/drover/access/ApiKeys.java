package io.drover.access;

import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The keys that programs log in with: everybody has their own, an Admin reaches everybody's. */
@Service
public class ApiKeys {
    private static final int LONGEST_LABEL = 100;

    private final ApiKeyRepository repository;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApiKeys(ApiKeyRepository repository, Accounts accounts, ApplicationEventPublisher events, Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes a key; its text cannot be had a second time.
     *
     * @param account name or id of the account it is for; null for the actor's own
     * @param expiresAt when it ceases to work; null for never
     * @throws ProblemException when a value breaks its rule, or the account is not within the actor's reach
     */
    @Transactional
    public NewApiKey create(@Nullable String account, String label, @Nullable Instant expiresAt, Actor actor) {
        var owner = owner("/account", account, actor);
        if (label.isBlank() || label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(
                    "/label",
                    "must have 1 to " + LONGEST_LABEL + " characters, none of them control characters",
                    label);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw ProblemException.invalid("/expiresAt", "must be in the future", expiresAt.toString());
        }
        var text = ApiKeyText.random();
        var key = new ApiKey(text.id(), owner.id(), owner.name(), label, now, expiresAt);
        repository.add(key, text.hash());
        publish(actor, "api-key.created", key);
        return new NewApiKey(key, text.text());
    }

    /**
     * The keys of one account, without their secrets, in the order of their ids.
     *
     * @param account name or id; null for the actor's own
     * @throws ProblemException when the account is not within the actor's reach
     */
    public Page<ApiKey> list(@Nullable String account, PageRequest page, Actor actor) {
        var owner = owner("?account", account, actor);
        var after = page.after();
        if (after != null && !Names.isId(after)) {
            throw ProblemException.invalid("?cursor", "must be the 'next' value of a page", after);
        }
        return repository.list(owner.id(), page, after == null ? null : UUID.fromString(after));
    }

    /**
     * Ends a key at once.
     *
     * @throws ProblemException when the actor has no such key, nor, as an Admin, anybody else
     */
    @Transactional
    public void revoke(UUID id, Actor actor) {
        var key = repository
                .find(id)
                .filter(known ->
                        actor.role() == RoleType.ADMIN || known.accountId().equals(actor.id()))
                .orElseThrow(() -> ProblemException.notFound("api key", id));
        if (!repository.remove(id)) {
            throw ProblemException.notFound("api key", id);
        }
        publish(actor, "api-key.deleted", key);
    }

    private Account owner(String pointer, @Nullable String account, Actor actor) {
        if (account == null) {
            return accounts.get(actor.id().toString());
        }
        if (actor.role() != RoleType.ADMIN
                && !account.equals(actor.name())
                && !account.equals(actor.id().toString())) {
            throw ProblemException.forbidden(
                    "Only an Admin may name another account than its own in " + pointer + ", here '" + account + "'");
        }
        return accounts.get(account);
    }

    private void publish(Actor actor, String kind, ApiKey key) {
        var body = Map.of("account", key.account());
        events.publishEvent(new AccessChange(actor, kind, key.id(), key.label(), body));
    }
}
