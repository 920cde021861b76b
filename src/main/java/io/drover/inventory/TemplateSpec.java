package io.drover.inventory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template is to be. In a change, null leaves a field as it is and an empty text clears an optional one.
 *
 * @param arch {@code x86_64} unless said otherwise
 * @param extension an extension's name or id
 * @param details set one by one; null for a detail removes it
 */
public record TemplateSpec(
        @Nullable String name,
        @Nullable String description,
        @Nullable String arch,
        @Nullable String extension,
        @Nullable Map<String, @Nullable String> details) {}
