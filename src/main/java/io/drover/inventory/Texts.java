package io.drover.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a given field is read: null is not given, an empty text is none. */
final class Texts {
    private Texts() {}

    static @Nullable String orNull(@Nullable String given) {
        return given == null || given.isEmpty() ? null : given;
    }

    static @Nullable String changed(@Nullable String old, @Nullable String given) {
        return given == null ? old : orNull(given);
    }

    /** The names alone of the details given, for the ledger. */
    static List<String> names(@Nullable Map<String, @Nullable String> details) {
        return details == null ? List.of() : details.keySet().stream().sorted().toList();
    }
}
