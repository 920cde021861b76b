package io.drover.extension.packaging;

import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A new folder that the files of a package are written to, no more and no larger ones than allowed. */
final class PackageFolder {
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final PackageProperties limits;
    private int files;
    private int entries;
    private long bytes;

    PackageFolder(Path root, PackageProperties limits) {
        this.root = root;
        this.limits = limits;
    }

    void directory(String name) throws IOException {
        count();
        create(name, PackagePath.checked(name));
    }

    private void create(String name, String path) throws IOException {
        try {
            Files.createDirectories(root.resolve(path));
        } catch (FileAlreadyExistsException e) {
            throw PackageRefusal.of(name, "is a file and a directory at once");
        }
    }

    void file(String name, boolean executable, InputStream content) throws IOException {
        var path = PackagePath.checked(name);
        if (path.isEmpty() || name.endsWith("/")) {
            throw PackageRefusal.of(name, "is not the path of a file");
        }
        files++;
        count();
        var file = root.resolve(path);
        create(name, path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "");
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw PackageRefusal.of(name, "is there twice");
        }
        copy(content, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    int files() {
        return files;
    }

    /** Directories cost something, too, if less than files. */
    private void count() {
        entries++;
        if (files > limits.maxFiles() || entries > 2 * limits.maxFiles()) {
            throw tooMany(limits);
        }
    }

    /** Counts what is really written, since what an archive says of sizes need not be true. */
    private void copy(InputStream content, Path file) throws IOException {
        var buffer = new byte[BUFFER];
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > limits.maxSize().toBytes()) {
                    throw tooLarge(limits);
                }
                out.write(buffer, 0, read);
            }
        }
    }

    static ProblemException tooLarge(PackageProperties limits) {
        return PackageRefusal.of("The package's files have more than "
                + limits.maxSize().toBytes() + " bytes in all (drover.package.max-size)");
    }

    static ProblemException tooMany(PackageProperties limits) {
        return PackageRefusal.of("The package has more than " + limits.maxFiles()
                + " files, or more than twice as many entries (drover.package.max-files)");
    }
}
