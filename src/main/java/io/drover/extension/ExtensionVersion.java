package io.drover.extension;

import io.drover.extension.files.FileListing;
import io.drover.extension.manifest.ExtensionManifest;
import java.time.Instant;
import java.util.UUID;

/**
 * The files of an extension as somebody once gave them to Drover.
 *
 * @param digest what identifies the files
 * @param files how many there are
 * @param bytes of the files in all
 * @param createdBy the name of the account that brought it
 * @param staged whether it was brought without being made active, and has not been since
 */
public record ExtensionVersion(
        UUID extensionId,
        String digest,
        int files,
        long bytes,
        ExtensionManifest manifest,
        FileListing listing,
        String createdBy,
        Instant createdAt,
        boolean staged) {}
