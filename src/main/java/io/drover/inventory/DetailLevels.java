package io.drover.inventory;

import io.drover.access.SecretBox;
import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The details of all levels that concern one VM, read at once. */
@Service
public class DetailLevels {
    private final DetailRepository repository;
    private final SecretBox box;

    DetailLevels(DetailRepository repository, SecretBox box) {
        this.repository = repository;
        this.box = box;
    }

    /**
     * The details of one thing of each kind with secrets opened, in the order of names: for payloads only, never for an answer
     * or a log. Kinds without any are missing.
     */
    public Map<DetailOwner, Map<String, String>> of(Map<DetailOwner, UUID> owners) {
        Map<DetailOwner, Map<String, String>> details = new EnumMap<>(DetailOwner.class);
        repository
                .ofAny(Set.copyOf(owners.values()))
                .forEach((type, rows) -> details.put(type, opened(rows, owners.get(type))));
        return details;
    }

    /**
     * What is secret among the details of these things.
     *
     * @param names of details that are secret as a whole
     * @param values secret texts, opened: to be looked for and never to be told
     */
    public record Secrets(Set<String> names, Set<String> values) {}

    /** What is secret among the details of one thing of each kind, whatever manifests say of it now. */
    public Secrets secrets(Map<DetailOwner, UUID> owners) {
        Set<String> names = new HashSet<>();
        Set<String> values = new HashSet<>();
        repository.ofAny(Set.copyOf(owners.values())).values().forEach(rows -> rows.stream()
                .filter(DetailRepository.Row::secret)
                .forEach(row -> {
                    var value = box.open(row.val());
                    values.addAll(SecretUrls.secretsIn(value));
                    if (row.whole()) {
                        names.add(row.name());
                    }
                    if (row.whole() && !SecretNames.isPublicId(row.name(), value)) {
                        values.add(value);
                    }
                }));
        return new Secrets(names, values);
    }

    private Map<String, String> opened(List<DetailRepository.Row> rows, @Nullable UUID owner) {
        return rows.stream()
                .filter(row -> row.owner().equals(owner))
                .collect(Collectors.toMap(DetailRepository.Row::name, this::opened, (a, b) -> b, TreeMap::new));
    }

    private String opened(DetailRepository.Row row) {
        return row.secret() ? box.open(row.val()) : row.val();
    }
}
