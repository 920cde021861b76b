package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A QEMU that does not answer is not waited for as long as its work may take, and can be ended. */
@Tag("program")
class QemuSilentIT {
    private static final long SHORT = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    Path temporary;

    private QemuHost host;

    @BeforeEach
    void openHost() {
        Guest.needsQemu();
        host = new QemuHost(temporary);
    }

    @AfterEach
    void clear() {
        if (host != null) {
            host.clear();
        }
    }

    @ParameterizedTest
    @CsvSource({"stop, 30", "stop, 0", "delete, 30"})
    void aProcessThatWasStoppedIsToldByEveryVerbAndCanBeEnded(String verb, String patience) throws Exception {
        var vm = host.blank().withSnapshot("one").with("stop_timeout", patience);
        host.program.call("create", vm).succeeded();
        signal("STOP");

        for (var waits :
                "start reboot getconsole Screendump CreateSnapshot ListSnapshots RestoreSnapshot DeleteSnapshot"
                        .split(" ")) {
            var begun = System.nanoTime();
            assertThat(host.program.call(waits, vm).passing()).as(waits).contains("was stopped", "kill -CONT");
            assertThat(System.nanoTime() - begun).as(waits).isLessThan(SHORT);
        }
        var status = host.program.call("status", vm).succeeded();
        assertThat(status.path("power_state").asText()).isEqualTo("unknown");
        assertThat(status.path("message").asText()).contains("was stopped");
        var begun = System.nanoTime();
        var told = host.program.call(verb, vm).succeeded().path("message").asText();
        assertThat(System.nanoTime() - begun).isLessThan(SHORT);

        assertThat(host.processes()).isEmpty();
        if (verb.equals("stop")) {
            assertThat(told.contains("was stopped")).isEqualTo(patience.equals("30"));
            host.program.call("start", vm).succeeded();
            host.program.call("delete", vm).succeeded();
        }
        host.assertNothingIsLeft();
    }

    @Test
    void aSocketThatDoesNotGreetIsGivenUp() throws Exception {
        var vm = VmWish.fresh(host.details(), Map.of("disk_size", "16M", "stop_timeout", "0"))
                .withSnapshot("one");
        host.program.call("create", vm).succeeded();
        var socket = host.directory().resolve(vm.id()).resolve("control.sock").toString();
        var script = "import socket,sys;s=socket.socket(socket.AF_UNIX);s.connect(sys.argv[1]);s.recv(9);"
                + "print(flush=True);sys.stdin.read()";
        var holder = new ProcessBuilder("python3", "-c", script, socket).start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('\n');
            var begun = System.nanoTime();
            assertThat(host.program.call("CreateSnapshot", vm).passing()).contains("does not answer");
            assertThat(System.nanoTime() - begun).isLessThan(SHORT);
            host.program.call("delete", vm).succeeded();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        host.assertNothingIsLeft();
    }

    @Test
    void aProcessThatIsStoppedAmidstItsWorkIsGivenUp() throws Exception {
        var vm = host.blank().withSnapshot("one").withMemory(512L << 20);
        host.program.call("create", vm).succeeded();
        var running = host.program.begin("CreateSnapshot", vm, 600);
        var before = System.nanoTime();
        signal("STOP");

        var answer = host.program.end(running);

        assertThat(System.nanoTime() - before).isLessThan(SHORT);
        assertThat(answer.json().path("error").asText()).contains("was stopped");
        signal("CONT");
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    private void signal(String name) throws IOException, InterruptedException {
        for (var pid : host.processes()) {
            assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                            .start()
                            .waitFor())
                    .isZero();
        }
    }
}
