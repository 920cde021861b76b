package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A libvirtd or a QEMU that does not answer is not waited for as long as its work may take, and the VM can be ended. */
class LibvirtSilentIT extends LibvirtGuests {
    private static final long SHORT = TimeUnit.SECONDS.toNanos(55);

    @Test
    void aQemuThatWasStoppedIsGivenUpAndCanBeEnded() throws Exception {
        var vm = VmWish.fresh(libvirt.details(), Map.of("disk_size", "16M", "stop_timeout", "30"))
                .withSnapshot("one");
        program.call("create", vm).succeeded();
        signal("STOP", qemu(vm));

        var begun = System.nanoTime();
        var refused = program.end(program.begin("CreateSnapshot", vm, 300));
        assertThat(refused.passing()).contains("stopped or overloaded");
        assertThat(System.nanoTime() - begun).isLessThan(SHORT);
        program.call("status", vm).succeeded();

        begun = System.nanoTime();
        var told = program.end(program.begin("stop", vm, 300)).succeeded();
        assertThat(told.path("message").asText()).contains("was switched off", "could not be asked");
        assertThat(System.nanoTime() - begun).isLessThan(2 * SHORT);
        assertThat(program.call("status", vm).succeeded().path("power_state").asText())
                .isEqualTo("poweroff");
        program.call("delete", vm).succeeded();
    }

    @Test
    void aLibvirtdThatWasStoppedIsGivenUp() throws Exception {
        var vm = VmWish.fresh(libvirt.details(), Map.of("disk_size", "16M", "stop_timeout", "0"))
                .withSnapshot("one");
        program.call("create", vm).succeeded();
        signal("STOP", libvirt.pid());
        try {
            var begun = System.nanoTime();
            var running = program.begin("CreateSnapshot", vm, 300);
            assertThat(program.end(running).passing()).contains("libvirtd", "stopped or overloaded");
            assertThat(System.nanoTime() - begun).isLessThan(SHORT);
        } finally {
            signal("CONT", libvirt.pid());
        }
        program.call("delete", vm).succeeded();
    }

    private static long qemu(VmWish vm) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> line(pid).contains("guest=" + vm.name() + ","))
                .findFirst()
                .orElseThrow();
    }

    private static String line(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
