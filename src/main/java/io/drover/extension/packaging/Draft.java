package io.drover.extension.packaging;

import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.files.FileListing;
import io.drover.extension.files.FileModes;
import io.drover.extension.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A package that was unpacked and read.
 *
 * @param folder its files, with the modes they will have
 * @param archive the same as a zip file
 */
public record Draft(Path folder, Path archive, ManifestFile manifest, FileListing listing) {

    /** Gives the files their modes and packs them into {@code archive}, which is new. */
    public static Draft of(Path folder, ManifestFile manifest, Path archive) throws IOException {
        FileModes.add(folder, folder.resolve(manifest.manifest().entry()));
        PackageArchive.pack(folder, archive);
        return new Draft(folder, archive, manifest, ExtensionDigest.listing(folder));
    }

    /** How many bytes the files have in all. */
    public long bytes() throws IOException {
        try (var files = Files.walk(folder)) {
            long bytes = 0;
            for (var file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
