package io.drover.emulator.hyperv;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.emulator.Certificate;
import io.drover.emulator.ExtensionProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An emulated host with a template and an ISO, and the extension that is configured for it. */
abstract class HyperVCase {

    @TempDir
    static Path shared;

    private static Certificate certificate;

    @TempDir
    Path directory;

    HyperVEmulator emulator;
    HyperVProgram program;
    private Set<String> filesBefore;

    @BeforeAll
    static void makeCertificate() throws IOException, GeneralSecurityException, InterruptedException {
        ExtensionProgram.assumePython();
        certificate = new Certificate(shared);
    }

    @BeforeEach
    void startHost() throws IOException, GeneralSecurityException {
        emulator = new HyperVEmulator(certificate);
        program = new HyperVProgram(directory, emulator);
        filesBefore = new TreeSet<>(emulator.host.files);
    }

    @AfterEach
    void stopHost() {
        emulator.close();
    }

    Vm onlyVm() {
        assertThat(emulator.host.vms).hasSize(1);
        return emulator.host.vms.values().iterator().next();
    }

    String powerState() {
        return program.call("status").succeeded().path("power_state").asText();
    }

    void assertNothingLeft() {
        assertThat(emulator.host.vms).isEmpty();
        assertThat(emulator.host.files).containsExactlyInAnyOrderElementsOf(filesBefore);
        assertThat(emulator.shells.open()).isZero();
    }
}
