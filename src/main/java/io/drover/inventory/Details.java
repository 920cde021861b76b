package io.drover.inventory;

import io.drover.access.SecretBox;
import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import io.drover.problem.ProblemException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Key-value configuration of any thing. Secrets, which {@link SecretNames}, a manifest or the caller tells by their names, are stored
 * sealed; what was stored as a secret stays one. A URL with credentials is stored sealed, too, and shown without them
 * ({@link SecretUrls}). Maps are in the order of names.
 */
@Service
public class Details {
    private final DetailRepository repository;
    private final SecretBox box;
    private final DetailSealing sealing;

    Details(DetailRepository repository, SecretBox box, DetailSealing sealing) {
        this.repository = repository;
        this.sealing = sealing;
        this.box = box;
    }

    /** The details of one thing with secrets opened: for payloads only, never for an answer or a log. */
    public Map<String, String> of(DetailOwner type, UUID owner) {
        return of(type, List.of(owner)).getOrDefault(owner, Map.of());
    }

    /** The opened details of several things in one query; things without any are missing. */
    public Map<UUID, Map<String, String>> of(DetailOwner type, Collection<UUID> owners) {
        return read(type, owners, row -> row.secret() ? box.open(row.val()) : row.val());
    }

    /** What the details of one thing would be after a merge of these changes, secrets opened. */
    Map<String, String> after(DetailOwner type, UUID owner, @Nullable Map<String, @Nullable String> changes) {
        Map<String, String> all = new TreeMap<>(of(type, owner));
        if (changes != null) {
            var shown = masked(type, owner);
            changes.forEach((name, value) -> all.compute(
                    name, (key, stored) -> stored != null && shown.get(name).equals(value) ? stored : value));
        }
        return all;
    }

    /** The details of one thing with {@link SecretNames#MASK} for each secret. */
    public Map<String, String> masked(DetailOwner type, UUID owner) {
        return masked(type, List.of(owner)).getOrDefault(owner, Map.of());
    }

    /** The masked details of several things in one query; things without any are missing. */
    public Map<UUID, Map<String, String>> masked(DetailOwner type, Collection<UUID> owners) {
        return read(type, owners, DetailRepository.Row::shown);
    }

    /** Like {@link #replace(DetailOwner, UUID, Map, Set)} without further secret names. */
    @Transactional
    public void replace(DetailOwner type, UUID owner, Map<String, @Nullable String> values) {
        replace(type, owner, values, Set.of());
    }

    /** Lets nobody else change a thing and its details until the transaction ends, so that what is read of it now stays true. */
    @Transactional
    public void lock(DetailOwner type, UUID owner) {
        repository.lock(type, owner);
    }

    /**
     * Makes these the only details, whole also when others do the same at once. A secret given as the mask keeps its stored value; null is no detail.
     *
     * @param secretNames names of secrets beyond those that {@link SecretNames} knows
     * @throws ProblemException naming {@code /details/<name>} when a name or value is not allowed
     */
    @Transactional
    public void replace(DetailOwner type, UUID owner, Map<String, @Nullable String> values, Set<String> secretNames) {
        repository.lock(type, owner);
        var current = current(type, owner);
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        current.keySet().forEach(name -> changes.put(name, null));
        changes.putAll(values);
        write(type, owner, current, changes, secretNames);
    }

    /** Like {@link #merge(DetailOwner, UUID, Map, Set)} without further secret names. */
    @Transactional
    public void merge(DetailOwner type, UUID owner, Map<String, @Nullable String> changes) {
        merge(type, owner, changes, Set.of());
    }

    /**
     * Sets the given details and leaves the others; null removes one. Otherwise like
     * {@link #replace(DetailOwner, UUID, Map, Set)}.
     */
    @Transactional
    public void merge(DetailOwner type, UUID owner, Map<String, @Nullable String> changes, Set<String> secretNames) {
        repository.lock(type, owner);
        write(type, owner, current(type, owner), changes, secretNames);
    }

    /** Seals every detail of these names, whatever it belongs to, that was stored before its name was known to be secret. */
    @Transactional
    public void sealAll(Set<String> names) {
        sealing.sealAll(names);
    }

    /** Seals every URL with credentials that was stored before those were known to be secret. */
    @Transactional
    public void sealUrls() {
        sealing.sealUrls();
    }

    /** Removes all details of a thing. */
    @Transactional
    public void remove(DetailOwner type, UUID owner) {
        repository.removeAll(type, owner);
    }

    /** Finds what a merge of these changes would be refused for. */
    void check(Findings findings, DetailOwner type, UUID owner, @Nullable Map<String, @Nullable String> changes) {
        if (changes != null) {
            check(findings, current(type, owner), changes, sealing.secretNames(Set.of()));
        }
    }

    private void check(
            Findings findings,
            Map<String, DetailRepository.Row> current,
            Map<String, @Nullable String> changes,
            Set<String> secretNames) {
        Set<String> names = new HashSet<>(current.keySet());
        changes.forEach((name, value) -> {
            boolean secret = DetailSealing.secret(name, current.get(name), secretNames);
            DetailRules.check(findings, name, value, secret);
            if (secret && SecretNames.MASK.equals(value) && !DetailSealing.keeps(current.get(name), value)) {
                DetailRules.refuseMask(findings, name);
            } else if (!secret && SecretUrls.isMasked(value) && !DetailSealing.keeps(current.get(name), value)) {
                DetailRules.refuseMaskedUrl(findings, name, value);
            }
            if (value == null) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        DetailRules.checkCount(findings, names);
        DetailRules.checkTotal(findings, current, changes);
    }

    private void write(
            DetailOwner type,
            UUID owner,
            Map<String, DetailRepository.Row> current,
            Map<String, @Nullable String> changes,
            Set<String> givenSecretNames) {
        var secretNames = sealing.secretNames(givenSecretNames);
        var findings = new Findings();
        check(findings, current, changes, secretNames);
        findings.refuse();
        try {
            changes.forEach((name, value) -> {
                var stored = current.get(name);
                boolean secret = DetailSealing.secret(name, stored, secretNames);
                if (value != null && DetailSealing.keeps(stored, value)) {
                    return;
                }
                repository.remove(type, owner, name);
                if (value != null) {
                    sealing.add(type, owner, name, value, secret, stored);
                }
            });
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict("changed-meanwhile", "Somebody else changed these details just now");
        }
    }

    private Map<String, DetailRepository.Row> current(DetailOwner type, UUID owner) {
        Map<String, DetailRepository.Row> current = new HashMap<>();
        repository.find(type, List.of(owner)).forEach(row -> current.put(row.name(), row));
        return current;
    }

    private Map<UUID, Map<String, String>> read(
            DetailOwner type, Collection<UUID> owners, Function<DetailRepository.Row, String> value) {
        Map<UUID, Map<String, String>> details = new HashMap<>();
        repository.find(type, owners).forEach(row -> details.computeIfAbsent(row.owner(), id -> new TreeMap<>())
                .put(row.name(), value.apply(row)));
        return details;
    }
}
