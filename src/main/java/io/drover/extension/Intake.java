package io.drover.extension;

import org.jspecify.annotations.Nullable;

/**
 * How files that somebody brings are taken in.
 *
 * @param name of the extension, for files without a manifest; null to take the manifest's
 * @param entry the executable's path in the package, for files without a manifest; null for the name with {@code .sh}
 * @param level how thoroughly they are tried out
 */
public record Intake(@Nullable String name, @Nullable String entry, PackageGate.Level level) {}
