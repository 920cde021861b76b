package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension QEMU uses nothing but what is below allowed directories, whatever an image says of itself. */
@Tag("program")
class QemuPlacesIT {
    private static final String SECRET = "the-key-of-all-secrets";

    @TempDir
    Path temporary;

    private QemuHost host;
    private Path images;
    private Path secret;

    @BeforeEach
    void openHost() throws IOException, InterruptedException {
        Guest.needsQemu();
        host = new QemuHost(temporary);
        images = Files.createDirectories(temporary.resolve("images"));
        secret = Files.writeString(
                Files.createDirectories(temporary.resolve("home/keys")).resolve("secrets.key"), SECRET.repeat(100));
        host.program
                .allowing("images", images)
                .allowing("vms", host.directory())
                .allowing("keys", images);
        make("good.qcow2", "16M");
    }

    @AfterEach
    void nothingIsLeft() {
        if (host != null) {
            host.assertNothingIsLeft();
            host.clear();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image     | {home}/keys/secrets.key           | not below an allowed directory
            image     | ../home/keys/secrets.key          | without '..'
            image     | {images}/../home/keys/secrets.key | without '..'
            image     | link                              | not below an allowed directory
            image     | {images}/link                     | not below an allowed directory
            image     | way/secrets.key                   | not below an allowed directory
            image     | -o                                | not begun by - or ~
            image     | ~/secrets.key                     | not begun by - or ~
            image     | nbd:localhost:10809               | without a protocol
            image     | json:{}                           | without a protocol
            iso       | {home}/keys/secrets.key           | not below an allowed directory
            iso       | link                              | not below an allowed directory
            images    | {home}/keys                       | not below an allowed directory
            images    | /                                 | not below an allowed directory
            directory | {home}/keys                       | not below an allowed directory
            directory | {home}/../images                  | without '..'
            cpu_model | max,file=/etc/shadow              | must be a CPU model
            """)
    void aDetailThatLeadsElsewhere(String detail, String value, String told) throws IOException {
        Files.createSymbolicLink(images.resolve("link"), secret);
        Files.createSymbolicLink(images.resolve("way"), secret.getParent());
        var given =
                value.replace("{home}", temporary.resolve("home").toString()).replace("{images}", images.toString());
        var vm = host.blank().with("image_format", "raw");
        vm = List.of("images", "directory").contains(detail)
                ? vm.withHost(detail, given).with("image", "x")
                : vm.with(detail, given);

        assertThat(host.program.call("create", vm).refused()).contains(told).doesNotContain(SECRET);
        assertThat(host.files()).isSubsetOf("accelerator.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{secret}",
                "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"file\",\"filename\":\"{secret}\"}}",
                "nbd://127.0.0.1:9/x",
                "../home/keys/secrets.key",
                "second.qcow2"
            })
    void anImageThatBuildsUponSomethingElsewhere(String below) throws Exception {
        var base = below.replace("{secret}", secret.toString());
        if (base.equals("second.qcow2")) {
            image("create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", secret.toString(), "second.qcow2", "16M");
        }
        image(
                "create",
                "-q",
                "-f",
                "qcow2",
                "-u",
                "-F",
                base.equals("second.qcow2") ? "qcow2" : "raw",
                "-b",
                base,
                "bad.qcow2",
                "16M");

        for (var vm : List.of(
                host.blank().with("image", "bad.qcow2"),
                host.blank().with("image", "bad.qcow2").with("image_format", "qcow2"))) {
            var told = host.program.call("create", vm).refused();
            assertThat(told).containsAnyOf("not below an allowed directory", "which is no file");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nbd://127.0.0.1:{port}/x",
                "json:{\"driver\":\"nbd\",\"host\":\"127.0.0.1\",\"port\":\"{port}\"}"
            })
    void whatAnImageBuildsUponIsNotOpenedUnlessAllowed(String address) throws Exception {
        try (var listener = Listener.open()) {
            var base = address.replace("{port}", String.valueOf(listener.port()));
            var outside = temporary.resolve("home/outside.qcow2").toString();
            image("create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", base, "straight.qcow2", "16M");
            image("create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", base, outside, "16M");
            image("create", "-q", "-f", "qcow2", "-u", "-F", "qcow2", "-b", outside, "second.qcow2", "16M");
            for (var name : List.of("straight.qcow2", "second.qcow2")) {
                assertThat(host.program
                                .call("create", host.blank().with("image", name))
                                .refused())
                        .containsAnyOf("not below an allowed directory", "which is no file");
                assertThat(listener.wasCalled()).as(name).isFalse();
            }
        }
    }

    @Test
    void whatAnImageBuildsUponIsMissing() throws Exception {
        image("create", "-q", "-f", "qcow2", "-u", "-F", "qcow2", "-b", "lost.qcow2", "top.qcow2", "16M");
        assertThat(host.program
                        .call("create", host.blank().with("image", "top.qcow2"))
                        .refused())
                .contains("builds upon lost.qcow2, which is no file here: put it there");
    }

    @Test
    void anImageWhoseDataIsElsewhere() throws Exception {
        image("create", "-q", "-f", "qcow2", "-o", "data_file=" + temporary.resolve("data.raw"), "data.qcow2", "16M");
        Files.writeString(images.resolve("described.vmdk"), """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"
                RW 32768 FLAT "%s" 0
                """.formatted(secret), StandardCharsets.UTF_8);

        for (var name : List.of("data.qcow2", "described.vmdk")) {
            assertThat(host.program
                            .call("create", host.blank().with("image", name))
                            .refused())
                    .contains("has its data in other files");
        }
    }

    @Test
    void whatIsBelowAllowedDirectoriesIsUsed() throws Exception {
        image("create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", "good.qcow2", "layer.qcow2");
        Files.createSymbolicLink(images.resolve("inside"), images.resolve("layer.qcow2"));
        for (var name : List.of(
                "good.qcow2",
                "layer.qcow2",
                "inside",
                images.resolve("layer.qcow2").toString())) {
            var vm = host.blank().with("image", name);
            host.program.call("create", vm).succeeded();
            host.program.call("delete", vm).succeeded();
        }
    }

    private void make(String name, String size) throws IOException, InterruptedException {
        image("create", "-q", "-f", "qcow2", name, size);
    }

    private void image(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .directory(images.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
