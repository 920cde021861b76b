package io.drover.qemu;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Tests of the extension Libvirt on a libvirtd in session mode of their own, with VMs that are real. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("program")
abstract class LibvirtGuests {
    SessionLibvirt libvirt;
    HypervisorCall program;

    @BeforeAll
    void startLibvirt() throws IOException {
        SessionLibvirt.needed();
        libvirt = new SessionLibvirt(Files.createTempDirectory("lv"));
        program = libvirt.program();
    }

    @AfterAll
    void stopLibvirt() throws IOException {
        if (libvirt != null) {
            libvirt.close();
        }
    }
}
