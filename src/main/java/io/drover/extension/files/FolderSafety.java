package io.drover.extension.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether nobody but the right users can change what is run. */
public final class FolderSafety {
    private static final int MOST_FILES = 10_000;

    private FolderSafety() {}

    /**
     * The first file or directory that anybody may write to or that belongs to somebody else, in words; empty when there is none.
     *
     * @param owners names of users that files may belong to
     */
    public static Optional<String> trouble(Path folder, Set<String> owners) {
        var search = new Search(folder, owners);
        try {
            Files.walkFileTree(folder, search);
        } catch (IOException e) {
            return Optional.of("its files cannot be looked at: " + e.getMessage());
        }
        return Optional.ofNullable(search.found);
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Set<String> owners;
        private int files;
        private @Nullable String found;

        Search(Path folder, Set<String> owners) {
            this.folder = folder;
            this.owners = owners;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            return look(directory);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            return attributes.isSymbolicLink() ? FileVisitResult.CONTINUE : look(file);
        }

        private FileVisitResult look(Path file) throws IOException {
            var attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var name =
                    file.equals(folder) ? "the folder" : folder.relativize(file).toString();
            var mode = attributes.permissions();
            if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
                found = name + " can be written by everybody (" + PosixFilePermissions.toString(mode)
                        + "); take that right away with chmod o-w";
            } else if (!owners.contains(attributes.owner().getName())) {
                found = name + " belongs to the user " + attributes.owner().getName() + "; it must belong to one of "
                        + String.join(", ", owners) + " (drover.extensions.owners)";
            }
            files++;
            return found == null && files <= MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
    }
}
