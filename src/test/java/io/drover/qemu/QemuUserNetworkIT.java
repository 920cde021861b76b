package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Behind QEMU's own network a VM reaches nothing, above all nothing of the host, unless whoever set the host up says so. Read
 * from the arguments of the QEMU that runs, after each verb that starts one.
 */
@Tag("program")
class QemuUserNetworkIT {
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
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, true",
                "user, -, true",
                "-, true, true",
                "user, True, true",
                "user, false, false",
                "-, false, false",
            })
    void theVmIsShutInUnlessItsHostSaysOtherwise(String mode, String restrict, boolean shutIn) {
        var vm = host.blank();
        vm = mode == null ? vm : vm.withHost("network_mode", mode);
        vm = restrict == null ? vm : vm.withHost("user_restrict", restrict);

        host.program.call("create", vm).succeeded();
        assertShutIn(vm, shutIn);
        host.program.call("stop", vm).succeeded();
        host.program.call("start", vm).succeeded();
        assertShutIn(vm, shutIn);

        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    /** A VM's own details do not open what its host has shut. */
    @ParameterizedTest
    @CsvSource({"user_restrict, false", "network_mode, tap"})
    void aVmCannotOpenItsOwnNetwork(String detail, String value) {
        var vm = host.blank().with(detail, value);

        host.program.call("create", vm).succeeded();

        assertShutIn(vm, true);
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    private void assertShutIn(VmWish vm, boolean expected) {
        var arguments = host.arguments(vm);
        var networks = arguments.stream()
                .filter(word -> word.startsWith("user") || word.startsWith("tap") || word.startsWith("bridge"))
                .toList();
        assertThat(networks).hasSize(1);
        assertThat(arguments.get(arguments.indexOf(networks.get(0)) - 1)).isEqualTo("-netdev");
        assertThat(networks.get(0).split(",")).contains("user", "id=net0").satisfies(words -> assertThat(words)
                .filteredOn("restrict=on"::equals)
                .hasSize(expected ? 1 : 0));
        assertThat(networks.get(0)).doesNotContain("hostfwd", "guestfwd", "restrict=off");
    }
}
