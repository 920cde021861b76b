package io.drover.extension;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall change of an extension; null leaves a value as it is.
 *
 * @param details all details there shall be afterwards; a secret given as its mask keeps its value
 */
public record ExtensionUpdate(
        @Nullable String description,
        @Nullable Boolean enabled,
        @Nullable Map<String, String> details) {}
