package io.drover.extension.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An extension as clients see it; {@code path} is relative to {@code directory}, secrets are masked. */
record ExtensionAnswer(
        UUID id,
        String name,
        @Nullable String description,
        String type,
        String version,
        String path,
        String directory,
        boolean enabled,
        boolean ready,
        @Nullable String notReadyBecause,
        boolean userDefined,
        boolean prepare,
        @Nullable String digest,
        Map<String, String> details,
        List<ClusterAnswer> clusters,
        Instant createdAt) {

    record ClusterAnswer(UUID id, String name) {}
}
