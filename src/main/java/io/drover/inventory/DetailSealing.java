package io.drover.inventory;

import io.drover.access.SecretBox;
import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import io.drover.secret.SecretText;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Which details are secret, and how those are stored. */
@Component
class DetailSealing {
    private final DetailRepository repository;
    private final SecretBox box;
    private final ObjectProvider<DeclaredSecrets> declared;
    private final ShortSecrets shortSecrets;

    DetailSealing(
            DetailRepository repository,
            SecretBox box,
            ObjectProvider<DeclaredSecrets> declared,
            ShortSecrets shortSecrets) {
        this.declared = declared;
        this.shortSecrets = shortSecrets;
        this.repository = repository;
        this.box = box;
    }

    /** The given names of secrets and those that manifests have told. */
    Set<String> secretNames(Set<String> given) {
        Set<String> all = new HashSet<>(given);
        declared.ifAvailable(registry -> all.addAll(registry.names()));
        return all;
    }

    /** Whether a detail is secret as a whole: by its name, by what is known of it, or since it was before. */
    static boolean secret(String name, DetailRepository.@Nullable Row stored, Set<String> secretNames) {
        return SecretNames.matches(name) || secretNames.contains(name) || (stored != null && stored.whole());
    }

    /** Whether what is given is but what is shown of a secret that is stored. */
    static boolean keeps(DetailRepository.@Nullable Row stored, String value) {
        return stored != null && stored.secret() && stored.shown().equals(value);
    }

    /** Stores a detail; a short secret that is new is warned of. */
    void add(
            DetailOwner type,
            UUID owner,
            String name,
            String value,
            boolean secret,
            DetailRepository.@Nullable Row before) {
        repository.add(type, row(owner, name, value, secret));
        if (secret && SecretText.isShort(value) && !isStored(before, value)) {
            shortSecrets.notice(type, owner, name);
        }
    }

    private boolean isStored(DetailRepository.@Nullable Row stored, String value) {
        return stored != null && stored.secret() && box.open(stored.val()).equals(value);
    }

    /** A value as it is stored: what is not secret as a whole may be a URL with credentials. */
    private DetailRepository.Row row(UUID owner, String name, String value, boolean secret) {
        boolean url = !secret && SecretUrls.anyIn(value);
        var val = secret || url ? box.seal(value) : value;
        return new DetailRepository.Row(owner, name, val, secret || url, url ? SecretUrls.masked(value) : null);
    }

    void sealAll(Set<String> names) {
        repository.openOnes(names).forEach(row -> repository.seal(row, box.seal(row.val()), null));
        repository.urlsNamed(names).forEach(row -> repository.hide(row));
    }

    void sealUrls() {
        repository.openUrls().stream()
                .filter(row -> SecretUrls.anyIn(row.val()))
                .forEach(row -> repository.seal(row, box.seal(row.val()), SecretUrls.masked(row.val())));
    }
}
