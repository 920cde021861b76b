package io.drover.extension;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives for tests: an extension that is well, and what somebody may send instead. */
public final class Archives {
    private Archives() {}

    /** The files of an extension named acme. */
    static Map<String, String> acme(String version) {
        return extension("acme", version);
    }

    /** Writes an extension named acme to a new folder of the directory. */
    static Path acmeIn(Path directory) throws IOException {
        var folder = directory.resolve("acme");
        for (var file : acme("1.0").entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.setPosixFilePermissions(folder.resolve("acme.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /**
     * The files of an extension that answers everything with its version, with a helper file. A creation waits
     * until the file that the VM's detail {@code until} names is there.
     */
    public static Map<String, String> extension(String name, String version) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("extension.yaml", "manifestVersion: 1\nname: " + name + "\nversion: \"" + version + "\"\n");
        files.put(name + ".sh", """
                #!/bin/sh
                until=$(sed -n 's/.*"until":"\\([^"]*\\)".*/\\1/p' "$2")
                [ "$1" != create ] || [ -z "$until" ] || until [ -e "$until" ]; do sleep 0.1; done
                . "${0%/*}/lib/answer.sh"
                answer
                """);
        files.put("lib/answer.sh", "answer() { echo '{\"status\":\"success\",\"version\":\"" + version + "\"}'; }\n");
        return files;
    }

    public static InputStream zip(Map<String, String> files) {
        return zip(out -> files.forEach((name, content) -> entry(out, name, content.getBytes(StandardCharsets.UTF_8))));
    }

    static InputStream zip(Content<ZipArchiveOutputStream> content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipArchiveOutputStream(bytes)) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    static InputStream tar(Map<String, String> files) {
        return tar(out -> {
            for (var file : files.entrySet()) {
                entry(out, new TarArchiveEntry(file.getKey(), true), file.getValue());
            }
        });
    }

    static InputStream tar(Content<TarArchiveOutputStream> content) {
        var bytes = new ByteArrayOutputStream();
        write(bytes, content);
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    static InputStream tgz(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            tar(files).transferTo(gzip);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    static void entry(ZipArchiveOutputStream out, String name, byte[] content) {
        try {
            out.putArchiveEntry(new ZipArchiveEntry(name));
            out.write(content);
            out.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void entry(TarArchiveOutputStream out, TarArchiveEntry entry, String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static void write(OutputStream bytes, Content<TarArchiveOutputStream> content) {
        try (var out = new TarArchiveOutputStream(bytes)) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes into an archive. */
    interface Content<T> {
        void write(T out) throws IOException;
    }
}
