package io.drover.extension;

import java.util.Map;

/**
 * What was read from one {@code extension.yaml}.
 *
 * @param details the extension's own details for its first registration; may hold secrets
 */
record ManifestFile(ExtensionManifest manifest, Map<String, String> details) {}
