package io.drover.inventory.web;

import io.drover.access.Actor;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.page.Page;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who sees how hosts and clusters are configured: those who may change it. */
final class Audience {
    private Audience() {}

    /** The masked details of each owner; nothing for those who may not see them. */
    static Map<UUID, Map<String, String>> of(Actor actor, Details details, DetailOwner type, Collection<UUID> owners) {
        if (!actor.role().runsInventory()) {
            return Map.of();
        }
        Map<UUID, Map<String, String>> shown = new HashMap<>(details.masked(type, owners));
        owners.forEach(owner -> shown.putIfAbsent(owner, Map.of()));
        return shown;
    }

    static <T> Set<UUID> ids(Page<T> page, Function<T, @Nullable UUID> id) {
        return page.items().stream().map(id).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
