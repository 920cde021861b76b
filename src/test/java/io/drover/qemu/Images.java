package io.drover.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;

/** Disk images, good and bad ones. */
final class Images {
    private static final int SIZE = 4 << 20;

    private Images() {}

    /** Writes an image of this kind: good, raw, empty, cut, gzip, page. */
    static Path write(Path directory, String kind) {
        try {
            var image = directory.resolve(kind + ".img");
            switch (kind) {
                case "empty" -> Files.write(image, new byte[0]);
                case "gzip" -> Files.write(image, filled((byte) 0x1f, (byte) 0x8b));
                case "page" -> Files.writeString(image, "\n<!DOCTYPE html><html>Not found</html>");
                case "raw" -> Files.write(image, filled());
                default -> qcow2(directory, image);
            }
            if (kind.equals("cut")) {
                Files.write(image, Arrays.copyOf(Files.readAllBytes(image), SIZE / 2));
            }
            Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-r--r--"));
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void qcow2(Path directory, Path image) throws IOException {
        var raw = Files.write(Files.createTempFile(directory, "raw", ""), filled());
        run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), image.toString());
        Files.delete(raw);
    }

    /** Writes a qcow2 image that builds upon something of this format, which may be missing. */
    static void overlay(Path image, String below, String format) throws IOException {
        run("qemu-img", "create", "-q", "-f", "qcow2", "-u", "-F", format, "-b", below, image.toString(), "16M");
        Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Runs a program that must succeed. */
    static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException(String.join(" ", command));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] filled(byte... head) {
        var bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        bytes[0] = 0;
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }
}
