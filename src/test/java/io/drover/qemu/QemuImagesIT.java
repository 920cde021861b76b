package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that are no disks, or not what they were, as the extension QEMU tells them. */
@Tag("program")
class QemuImagesIT {
    @TempDir
    Path temporary;

    private QemuHost host;

    @BeforeEach
    void openHost() {
        Guest.needsQemu();
        host = new QemuHost(temporary);
    }

    @AfterEach
    void nothingIsLeft() {
        if (host != null) {
            host.clear();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image | empty |       | is empty
            image | empty | raw   | is empty
            image | empty | qcow2 | is empty
            image | cut   |       | is cut off or damaged
            image | cut   | qcow2 | is cut off or damaged
            image | good  | raw   | is qcow2, not raw
            image | raw   | qcow2 | cannot be read
            image | gzip  |       | unpack it with gunzip
            image | gzip  | raw   | unpack it with gunzip
            image | page  |       | is a web page
            iso   | empty |       | is empty
            iso   | good  |       | is qcow2, not raw
            iso   | page  |       | is a web page
            """)
    void whatIsNoDiskIsRefused(String key, String kind, String format, String told) {
        var image = Images.write(temporary, kind);
        var vm = VmWish.fresh(host.details(), Map.of(key, image.toString()));

        var answer = host.program.call("create", format == null ? vm : vm.with("image_format", format));

        assertThat(answer.refused()).contains(told, image.toString());
        host.assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"raw, raw", "good, qcow2", "good,", "raw,"})
    void whatIsADiskIsTaken(String kind, String format) {
        var vm = VmWish.fresh(
                host.details(), Map.of("image", Images.write(temporary, kind).toString(), "stop_timeout", "0"));
        host.program
                .call("create", format == null ? vm : vm.with("image_format", format))
                .succeeded();
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @Test
    void aTemplateThatIsGoneOrAnotherIsTold() throws IOException {
        var image = Images.write(temporary, "good");
        var vm = VmWish.fresh(host.details(), Map.of("image", image.toString(), "stop_timeout", "0"))
                .withSnapshot("one");
        host.program.call("create", vm).succeeded();
        host.program.call("CreateSnapshot", vm).succeeded();
        host.program.call("stop", vm).succeeded();
        var bytes = Files.readAllBytes(image);

        Files.delete(image);
        assertThat(host.program.call("start", vm).refused()).contains(image.toString(), "put it back");
        var other = bytes.clone();
        other[other.length / 2] ^= 1;
        Files.write(image, other);
        assertThat(host.program.call("start", vm).refused())
                .contains("was replaced or changed", "put the old one back");
        Files.write(
                image,
                Images.write(Files.createDirectory(temporary.resolve("b")), "raw")
                        .toString()
                        .getBytes());
        assertThat(host.program.call("start", vm).refused()).contains("was replaced or changed");
        assertThat(host.processes()).isEmpty();

        Files.write(image, bytes);
        Files.setLastModifiedTime(image, FileTime.fromMillis(0));
        host.program.call("start", vm).succeeded();
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @Test
    void aDiskThatIsFullOrReadOnlyIsTold() throws IOException {
        var mounted = Mount.tmpfs(host.directory(), "24m");
        try {
            var vm = host.blank().withHost("min_free_space", "1M").withSnapshot("one");
            host.program.call("create", vm).succeeded();

            var filler = host.directory().resolve("filler");
            var room = Files.getFileStore(host.directory()).getUsableSpace() - (300 << 10);
            Files.write(filler, new byte[(int) room]);
            assertThat(host.program.call("CreateSnapshot", vm).refused())
                    .contains("no space is left in " + host.directory());

            mounted.readOnly();
            assertThat(host.state(vm)).isEqualTo("poweron");
            assertThat(host.program.call("statuses", vm).succeeded().path("power_state"))
                    .hasSize(1);
            host.program.call("ListSnapshots", vm).succeeded();
            host.program.call("getconsole", vm).succeeded();
            assertThat(host.program.call("delete", vm).refused()).contains("cannot be written", "left as it is");
            assertThat(host.program.call("CreateSnapshot", vm).refused()).contains("cannot be written");
            host.program.call("stop", vm).succeeded();
            assertThat(host.state(vm)).isEqualTo("poweroff");
            host.program.call("ListSnapshots", vm).succeeded();

            mounted.writable();
            Files.delete(filler);
            host.program.call("delete", vm).succeeded();
            host.assertNothingIsLeft();
        } finally {
            host.clear();
            mounted.close();
        }
    }
}
