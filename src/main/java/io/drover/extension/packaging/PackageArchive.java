package io.drover.extension.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip file or a tar file, perhaps compressed with gzip, that brings an extension's folder. */
public final class PackageArchive {
    private static final byte[] ZIP = {'P', 'K'};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] TAR = {'u', 's', 't', 'a', 'r'};
    private static final int TAR_MAGIC_AT = 257;
    private static final int ANY_EXECUTE = 0111;
    private static final int EXECUTABLE = 0100755;
    private static final int PLAIN = 0100644;

    private PackageArchive() {}

    /**
     * Writes the archive's files to a folder that is new.
     *
     * @throws io.drover.problem.ProblemException when it is no such archive, or has links, paths out of the folder, too many
     *     files or too large ones; some files may have been written
     */
    public static void unpack(Path archive, Path folder, PackageProperties limits) throws IOException {
        var target = new PackageFolder(folder, limits);
        try {
            var head = head(archive);
            if (Arrays.equals(head, 0, 2, ZIP, 0, 2)) {
                unzip(archive, target, limits);
            } else if (Arrays.equals(head, 0, 2, GZIP, 0, 2)) {
                try (var in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
                    untar(in, target);
                }
            } else if (Arrays.equals(head, TAR_MAGIC_AT, TAR_MAGIC_AT + 5, TAR, 0, 5)) {
                try (var in = new BufferedInputStream(Files.newInputStream(archive))) {
                    untar(in, target);
                }
            } else {
                throw PackageRefusal.of("The body is neither a zip nor a tar archive; tar may be compressed with gzip");
            }
        } catch (ZipException | java.io.EOFException | IllegalArgumentException e) {
            throw PackageRefusal.of("The archive cannot be unpacked: " + e.getMessage());
        }
        if (target.files() == 0) {
            throw PackageRefusal.of("The archive has no files");
        }
    }

    /** Writes the files of a folder, which has no links, to a new zip file that keeps which of them are executable. */
    public static void pack(Path folder, Path archive) throws IOException {
        try (var out = new ZipArchiveOutputStream(archive);
                var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var entry = new ZipArchiveEntry(folder.relativize(file).toString());
                entry.setUnixMode(Files.isExecutable(file) ? EXECUTABLE : PLAIN);
                entry.setTime(0);
                out.putArchiveEntry(entry);
                Files.copy(file, out);
                out.closeArchiveEntry();
            }
        }
    }

    private static byte[] head(Path archive) throws IOException {
        try (var in = Files.newInputStream(archive)) {
            return Arrays.copyOf(in.readNBytes(TAR_MAGIC_AT + 5), TAR_MAGIC_AT + 5);
        }
    }

    private static void unzip(Path archive, PackageFolder target, PackageProperties limits) throws IOException {
        requireFewEntries(archive, limits);
        try (var zip = ZipFile.builder().setPath(archive).get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                unzip(zip, entry, target);
            }
        }
    }

    /** The JDK's reader needs less memory for each entry. */
    private static void requireFewEntries(Path archive, PackageProperties limits) throws IOException {
        try (var zip = new java.util.zip.ZipFile(archive.toFile())) {
            if (zip.size() > 2 * limits.maxFiles()) {
                throw PackageFolder.tooMany(limits);
            }
        }
    }

    private static void unzip(ZipFile zip, ZipArchiveEntry entry, PackageFolder target) throws IOException {
        if (entry.isUnixSymlink()) {
            throw PackageRefusal.of(entry.getName(), "is a link; a package has files and directories only");
        }
        if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
            throw PackageRefusal.of(entry.getName(), "is encrypted or compressed by a method that is not known");
        }
        if (entry.isDirectory()) {
            target.directory(entry.getName());
        } else {
            try (InputStream content = zip.getInputStream(entry)) {
                target.file(entry.getName(), (entry.getUnixMode() & ANY_EXECUTE) != 0, content);
            }
        }
    }

    private static void untar(InputStream in, PackageFolder target) throws IOException {
        var limited = new HeaderLimit(in);
        limited.header();
        try (var tar = new TarArchiveInputStream(limited)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                limited.contents();
                untar(tar, entry, target);
                limited.header();
            }
        } catch (IOException e) {
            throw new ZipException(String.valueOf(e.getMessage()));
        }
    }

    private static void untar(TarArchiveInputStream tar, TarArchiveEntry entry, PackageFolder target)
            throws IOException {
        if (entry.isLink() || entry.isSymbolicLink()) {
            throw PackageRefusal.of(entry.getName(), "is a link; a package has files and directories only");
        } else if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice() || entry.isSparse()) {
            throw PackageRefusal.of(entry.getName(), "is a device, a pipe or the like");
        } else if (entry.isDirectory()) {
            target.directory(entry.getName());
        } else {
            target.file(entry.getName(), (entry.getMode() & ANY_EXECUTE) != 0, tar);
        }
    }
}
