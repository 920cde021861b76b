package io.drover.extension.manifest;

import java.util.List;
import java.util.Map;

/**
 * What was read from one {@code extension.yaml}.
 *
 * @param details the extension's own details for its first registration; may hold secrets
 * @param customActions the custom actions it comes with; their details may hold secrets
 * @param conformance the details that the conformance kit gives when it is not told others; may hold secrets
 */
public record ManifestFile(
        ExtensionManifest manifest,
        Map<String, String> details,
        List<ActionDefinition> customActions,
        Map<Level, Map<String, String>> conformance) {

    /** What is known of an extension whose folder has no manifest. */
    public static ManifestFile without(ExtensionManifest known) {
        return new ManifestFile(known, Map.of(), List.of(), Map.of());
    }
}
