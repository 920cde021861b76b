package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VM of the extension QEMU in a bridge, in a network namespace of the test's. */
@Tag("program")
class QemuNetworkIT {
    @TempDir
    Path temporary;

    private final String namespace = "drover-" + ProcessHandle.current().pid();
    private QemuHost host;

    @BeforeEach
    void openHost() throws Exception {
        Guest.needsQemu();
        Guest.needs("iproute2", "ip", "bridge");
        assumeTrue(run("ip", "netns", "add", namespace) == 0, "No network namespace can be made: needs root");
        inNamespace("ip", "link", "add", "br166", "type", "bridge");
        inNamespace("ip", "link", "set", "br166", "up");
        var entry = Files.writeString(
                temporary.resolve("entry"),
                "#!/bin/sh\nexec ip netns exec %s %s \"$@\"\n".formatted(namespace, QemuHost.ENTRY.toAbsolutePath()));
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxr-xr-x"));
        host = new QemuHost(temporary, "", entry);
    }

    @AfterEach
    void clear() throws Exception {
        if (host != null) {
            host.clear();
        }
        run("ip", "netns", "delete", namespace);
    }

    @Test
    void theBridgeOfTheVlanHearsTheVmsMacUntilItIsDeleted() throws Exception {
        var vm = host.guest().withHost("network_mode", "tap");
        host.program.call("create", vm).succeeded();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(inNamespace("bridge", "fdb", "show", "br", "br166"))
                        .contains(vm.mac()));
        assertThat(host.serial(vm).told("GUEST-MAC")).containsExactly("eth0 " + vm.mac());

        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
        await().untilAsserted(() -> assertThat(inNamespace("bridge", "link")).isBlank());
    }

    private String inNamespace(String... words) throws IOException, InterruptedException {
        var output = temporary.resolve("output");
        var builder = new ProcessBuilder("ip", "netns", "exec", namespace);
        builder.command().addAll(Arrays.asList(words));
        builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return Files.readString(output);
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
