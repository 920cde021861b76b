package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
                .isEqualTo(1);
        assertThat(run.answer().path("status").asText()).isEqualTo("error");
        assertThat(run.error()).isNotBlank();
        return run;
    }

    void assertNothingLeft() {
        assertThat(proxmox.vms().keySet()).containsExactly(TEMPLATE);
        assertThat(proxmox.leakedVolumes()).isEmpty();
    }

    Vm vm() {
        return proxmox.vms().get(VMID);
    }
}
