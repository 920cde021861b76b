package io.drover.extension;

import io.drover.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where the files of an extension are on this node. */
@Component
class ExtensionFolders {
    private final ExtensionDirectories directories;
    private final Path packages;

    ExtensionFolders(ExtensionDirectories directories, Home home) {
        this.directories = directories;
        this.packages = home.root().resolve("packages");
    }

    /**
     * The folder of an extension. Nodes may have their directories at different paths: the same folder name means the same
     * extension.
     *
     * @param registered the folder on the node that registered it
     * @param version the digest of its files if they are a version's; null when it has a folder of its own
     */
    Path of(String registered, @Nullable String version) {
        if (version != null) {
            return ofVersion(version);
        }
        var known = Path.of(registered);
        if (directories.all().contains(known.getParent())) {
            return known;
        }
        return directories.all().stream()
                .map(directory -> directory.resolve(known.getFileName()))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(known);
    }

    /** Where this node unpacks the version with this digest. */
    Path ofVersion(String digest) {
        return packages.resolve(digest);
    }

    /** The directory that versions are unpacked into. */
    Path packages() {
        return packages;
    }
}
