package io.drover.inventory.web;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one thing refers to another. */
record Named(UUID id, @Nullable String name) {

    static @Nullable Named of(@Nullable UUID id, Map<UUID, String> names) {
        return id == null ? null : new Named(id, names.get(id));
    }
}
