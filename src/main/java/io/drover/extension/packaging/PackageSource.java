package io.drover.extension.packaging;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Where a package comes from: each way ends with its files in a new folder, or with a refusal. */
public final class PackageSource {
    private PackageSource() {}

    /** Copies the files of a local folder; links and the like are refused. */
    public static void copy(Path source, Path folder, PackageProperties limits) throws IOException {
        var target = new PackageFolder(folder, limits);
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var name = source.relativize(file).toString();
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw PackageRefusal.of(name, "is a link, a device or the like; a package has files only");
                }
                try (var content = Files.newInputStream(file)) {
                    target.file(name, Files.isExecutable(file), content);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (target.files() == 0) {
            throw PackageRefusal.of("The folder " + source + " has no files");
        }
    }

    /** The folder that the manifest is in: the given one, or the only one in it, as archives of repositories have it. */
    public static Path top(Path folder, String manifest) throws IOException {
        if (Files.exists(folder.resolve(manifest))) {
            return folder;
        }
        try (var children = Files.list(folder)) {
            List<Path> all = children.limit(2).toList();
            return all.size() == 1 && Files.isDirectory(all.get(0)) ? all.get(0) : folder;
        }
    }
}
