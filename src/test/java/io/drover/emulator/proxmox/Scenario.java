package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** A fresh cluster for each test, and runs of the extension against it. */
abstract class Scenario {

    /** Number of the template that is there from the beginning. */
    static final int TEMPLATE = 100;

    /** Number that prepare chooses, and so the one of the VM. */
    static final int VMID = 101;

    ProxmoxEmulator proxmox;

    @BeforeEach
    void startEmulator() throws IOException {
        Assumptions.assumeTrue(ProgramRun.possible(), "python3 is missing: apt-get install python3");
        proxmox = new ProxmoxEmulator();
    }

    @AfterEach
    void stopEmulator() throws IOException {
        if (proxmox != null) {
            proxmox.close();
        }
    }

    ProgramRun run(String verb) {
        return run(verb, Payload.of(proxmox));
    }

    ProgramRun run(String verb, Payload payload) {
        return run(verb, payload, 60);
    }

    ProgramRun run(String verb, Payload payload, int timeout) {
        try {
            var run = ProgramRun.of(verb, payload.json(), timeout);
            assertThat(run.output() + run.log()).doesNotContain(ProxmoxEmulator.SECRET);
            return run;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    ProgramRun succeed(String verb, Payload payload) {
        var run = run(verb, payload);
        assertThat(run.exitCode())
                .as("%s: %s %s", verb, run.output(), run.log())
                .isZero();
        assertThat(run.answer().isObject()).isTrue();
        return run;
    }

    ProgramRun succeed(String verb) {
        return succeed(verb, Payload.of(proxmox));
    }

    ProgramRun fail(String verb, Payload payload) {
        return fail(verb, payload, 60);
    }

    ProgramRun fail(String verb, Payload payload, int timeout) {
        var run = run(verb, payload, timeout);
        assertThat(run.exitCode())
                .as("%s: %s %s", verb, run.output(), run.log())
                .isEqualTo(run.answer().path("retryable").asBoolean() ? 75 : 1);
        assertThat(run.answer().path("status").asText()).isEqualTo("error");
        assertThat(run.error()).isNotBlank();
        return run;
    }

    /** An answer that asks to be called again later. */
    ProgramRun passing(String verb, Payload payload, int timeout) {
        var run = fail(verb, payload, timeout);
        assertThat(run.answer().path("retryable").asBoolean()).as(run.output()).isTrue();
        return run;
    }

    void assertNothingLeft() {
        assertThat(proxmox.vms().keySet()).containsExactly(TEMPLATE);
        assertThat(proxmox.leakedVolumes()).isEmpty();
    }

    /** Adds the VM as create leaves it, which is faster than to run create. */
    Vm addVm(boolean running) {
        var config = Map.of(
                "name",
                "i-2-20-VM",
                "description",
                "drover:" + Payload.ID + ":" + VMID,
                "tags",
                "drover-" + Payload.ID,
                "cores",
                "3",
                "net0",
                "virtio=02:01:00:D0:00:10,bridge=vmbr0,tag=166",
                "scsi0",
                "local-lvm:vm-101-disk-0,size=1G");
        proxmox.addStrayVolume("local-lvm", VMID);
        var vm = proxmox.add(VMID, "pve1", config);
        vm.power(running);
        return vm;
    }

    Vm vm() {
        return proxmox.vms().get(VMID);
    }
}
