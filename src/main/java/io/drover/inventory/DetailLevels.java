package io.drover.inventory;

import io.drover.access.SecretBox;
import java.util.EnumMap;
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

    private Map<String, String> opened(List<DetailRepository.Row> rows, @Nullable UUID owner) {
        return rows.stream()
                .filter(row -> row.owner().equals(owner))
                .collect(Collectors.toMap(DetailRepository.Row::name, this::opened, (a, b) -> b, TreeMap::new));
    }

    private String opened(DetailRepository.Row row) {
        return row.secret() ? box.open(row.val()) : row.val();
    }
}
