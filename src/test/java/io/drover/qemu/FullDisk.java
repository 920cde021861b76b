package io.drover.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Lets the disk of a running VM become full: all that its guest writes from then on ends in "No space left on device". */
final class FullDisk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_SPACE = 28;

    /** Writes its second sector for ever, by the BIOS. */
    private static final byte[] WRITES =
            HexFormat.ofDelimiter(" ").parseHex("b8 01 03 bb 00 7c b9 02 00 30 f6 31 f6 8e c6 cd 13 eb ed");

    /** Says something to a QEMU; its answer. */
    interface Monitor {
        JsonNode say(String command);
    }

    private FullDisk() {}

    /** A raw disk whose boot sector writes to it for ever. */
    static Path template(Path directory) {
        try {
            var image = Files.write(directory.resolve("writes.raw"), WRITES);
            try (var file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(16 << 20);
                file.seek(510);
                file.write(HexFormat.of().parseHex("55aa"));
            }
            Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-r--r--"));
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fills the disk.
     *
     * @param directory where QEMU may write
     * @param once whether there is space again after the first write that failed
     */
    static void fill(Monitor monitor, Path directory, String disk, boolean once) {
        try {
            var overlay = directory.resolve("overlay-" + System.nanoTime() + ".qcow2");
            var made = new ProcessBuilder("qemu-img", "create", "-q", "-f", "qcow2", overlay.toString(), "16M")
                    .inheritIO()
                    .start();
            if (made.waitFor() != 0) {
                throw new IllegalStateException("qemu-img failed");
            }
            Files.setPosixFilePermissions(overlay, PosixFilePermissions.fromString("rw-rw-rw-"));
            var nodes = monitor.say(text(Map.of("execute", "query-named-block-nodes")));
            var top = StreamSupport.stream(nodes.path("return").spliterator(), false)
                    .filter(node -> node.path("drv").asText().equals("qcow2"))
                    .filter(node -> node.path("image").path("filename").asText().contains(disk))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(nodes.toString()))
                    .path("node-name")
                    .asText();
            var error = Map.of("event", "write_aio", "errno", NO_SPACE, "once", once);
            var image = Map.of("driver", "file", "filename", overlay.toString());
            var file = Map.of("driver", "blkdebug", "image", image, "inject-error", List.of(error));
            monitor.say("{\"execute\":\"blockdev-add\",\"arguments\":{\"driver\":\"qcow2\",\"node-name\":\"full\","
                    + "\"backing\":null,\"file\":" + text(file) + "}}");
            monitor.say(
                    text(Map.of("execute", "blockdev-snapshot", "arguments", Map.of("node", top, "overlay", "full"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JSON of an answer without an error. */
    static JsonNode answer(String text) {
        try {
            var answer = JSON.readTree(text);
            if (answer.has("error")) {
                throw new IllegalStateException(text);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static String text(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }
}
