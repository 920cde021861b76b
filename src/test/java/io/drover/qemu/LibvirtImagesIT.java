package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are no disks, and what somebody laid over a disk by hand, as the extension Libvirt tells them. */
class LibvirtImagesIT extends LibvirtGuests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image | empty |       | is empty
            image | empty | raw   | is empty
            image | cut   |       | is cut off or damaged
            image | cut   | qcow2 | is cut off or damaged
            image | good  | raw   | is qcow2, not raw
            image | gzip  |       | unpack it with gunzip
            image | page  | raw   | is a web page
            iso   | empty |       | is empty
            iso   | good  |       | is qcow2, not raw
            """)
    void whatIsNoDiskIsRefused(String key, String kind, String format, String told) throws IOException {
        for (var pool : new boolean[] {true, false}) {
            var image = Images.write(pool ? libvirt.pool() : libvirt.pool().getParent(), kind);
            libvirt.virsh("pool-refresh", "default");
            var name = pool ? image.getFileName().toString() : image.toString();
            var vm = VmWish.fresh(libvirt.details(), Map.of(key, name, "disk_size", "16M"));

            for (var verb : "prepare create".split(" ")) {
                var answer = program.call(verb, format == null ? vm : vm.with("image_format", format));
                assertThat(answer.refused()).as(verb + pool).contains(told, image.toString());
            }
            assertThat(libvirt.virsh("dominfo", vm.id())).isNotZero();
            Files.delete(image);
        }
        libvirt.virsh("pool-refresh", "default");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnImageBuildsUponIsNotOpenedUnlessAllowed(boolean inPool) throws IOException {
        try (var listener = Listener.open()) {
            var directory = inPool ? libvirt.pool() : libvirt.pool().getParent();
            var outside = libvirt.pool().resolveSibling("home").resolve("outside.qcow2");
            var straight = directory.resolve("straight.qcow2");
            var second = directory.resolve("second.qcow2");
            var nbd = "nbd://127.0.0.1:" + listener.port() + "/x";
            Images.overlay(straight, nbd, "raw");
            Images.overlay(outside, nbd, "raw");
            Images.overlay(second, outside.toString(), "qcow2");
            libvirt.virsh("pool-refresh", "default");
            var careful = libvirt.program().allowing("images", directory);
            for (var image : new Path[] {straight, second}) {
                var vm = VmWish.fresh(libvirt.details(), Map.of("image", image.toString(), "disk_size", "16M"));
                assertThat(careful.call("create", vm).refused())
                        .containsAnyOf(
                                "which is no file", "not below an allowed directory", "may have other files behind");
                assertThat(listener.wasCalled()).as(image.toString()).isFalse();
            }
            for (var file : new Path[] {straight, second, outside}) {
                Files.delete(file);
            }
            libvirt.virsh("pool-refresh", "default");
        }
    }

    @Test
    void anImageForWhoseCheckThereIsNoTimeIsToBeTriedAgain() throws IOException {
        var programs = Files.createDirectories(libvirt.pool().resolveSibling("programs"));
        var slow = Files.writeString(programs.resolve("qemu-img"), "#!/bin/sh\nexec sleep 30\n");
        Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
        var image = Images.write(libvirt.pool().getParent(), "good");
        var vm = VmWish.fresh(libvirt.details(), Map.of("image", image.toString(), "disk_size", "16M"));
        var slowed = libvirt.program(programs);

        assertThat(slowed.end(slowed.begin("prepare", vm, 6)).passing())
                .contains("qemu-img check of the image " + image, "not done within the 6 seconds");
        Files.delete(image);
    }

    @Test
    void aTemplateThatIsGoneIsTold() throws IOException {
        var image = Images.write(libvirt.pool(), "good");
        libvirt.virsh("pool-refresh", "default");
        var vm = VmWish.fresh(libvirt.details(), Map.of("image", "good.img", "stop_timeout", "0"));
        program.call("create", vm).succeeded();
        program.call("stop", vm).succeeded();
        var bytes = Files.readAllBytes(image);

        Files.delete(image);
        assertThat(program.call("start", vm).refused()).contains("builds upon", "put it back");

        Files.write(image, bytes);
        Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-r--r--"));
        program.call("start", vm).succeeded();
        program.call("delete", vm).succeeded();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOverlayThatSomebodyMadeIsDeletedWithTheVmOrNamed(boolean inPlace) throws IOException {
        var vm = VmWish.fresh(libvirt.details(), Map.of("disk_size", "16M", "stop_timeout", "0"));
        program.call("create", vm).succeeded();
        var elsewhere = libvirt.pool().resolveSibling("run").resolve("by-hand.qcow2");
        var words = inPlace ? "vda" : "vda,file=" + elsewhere;
        assertThat(libvirt.virsh("snapshot-create-as", vm.id(), "by-hand", "--disk-only", "--diskspec", words))
                .as(libvirt.printed())
                .isZero();

        var told = program.call("delete", vm).succeeded().path("message").asText();

        assertThat(told).contains("was deleted");
        assertThat(told.contains(elsewhere + " was not made by Drover")).isNotEqualTo(inPlace);
        assertThat(libvirt.virsh("dominfo", vm.id())).isNotZero();
        try (var volumes = Files.list(libvirt.pool())) {
            assertThat(volumes.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith(vm.id()));
        }
        assertThat(Files.exists(elsewhere)).isNotEqualTo(inPlace);
    }
}
