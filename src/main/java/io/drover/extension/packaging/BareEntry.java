package io.drover.extension.packaging;

import io.drover.extension.manifest.EntryPath;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.problem.ProblemException;
import io.drover.text.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which file of a package without a manifest is the executable. */
public final class BareEntry {
    private static final int MOST_NAMED = 10;
    private static final int LONGEST = 100;

    private BareEntry() {}

    /**
     * The executable's path, relative to the folder.
     *
     * @param entry as somebody gave it at {@code pointer}; null for the name with {@code .sh}
     * @throws ProblemException when the package has no such file, with those that it has
     */
    public static String of(Path folder, String name, @Nullable String entry, String pointer) throws IOException {
        if (entry != null) {
            var path = EntryPath.inPackage(pointer, folder, entry);
            if (!Files.isRegularFile(folder.resolve(path))) {
                throw ProblemException.invalid(
                        pointer, "must be a file of the package, which has " + files(folder), entry);
            }
            return path;
        }
        var usual = ExtensionManifest.defaultEntry(name);
        if (!Files.exists(folder.resolve(usual))) {
            throw PackageRefusal.of("The package has neither an " + ExtensionManifest.FILE + " nor the executable "
                    + usual + "; name the executable as entry; the package has " + files(folder));
        }
        return usual;
    }

    /**
     * Leaves it to the manifest to name the executable.
     *
     * @throws ProblemException when an entry was given for a package that has a manifest
     */
    public static void refuse(@Nullable String entry, String pointer) {
        if (entry != null) {
            throw ProblemException.invalid(
                    pointer,
                    "is for packages without " + ExtensionManifest.FILE + "; this one's names the program",
                    entry);
        }
    }

    private static String files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            var all = walk.filter(Files::isRegularFile)
                    .map(file ->
                            Cut.to(LONGEST, folder.relativize(file).toString().replace('\\', '/')))
                    .sorted()
                    .toList();
            var named = all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
            return all.size() > MOST_NAMED ? named + " and " + (all.size() - MOST_NAMED) + " more" : named;
        }
    }
}
