package io.drover.extension;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An extension to be registered.
 *
 * @param path its entry point, see {@link Extensions#create}; null for the default, {@code <name>.sh}
 * @param details its own details, which may be secret
 * @param prepare whether the first start of a VM asks the extension to prepare it
 */
public record NewExtension(
        String name,
        @Nullable String description,
        @Nullable String path,
        Map<String, String> details,
        boolean prepare,
        boolean enabled) {}
