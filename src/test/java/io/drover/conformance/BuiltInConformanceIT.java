package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.conformance.CheckResult.Outcome;
import io.drover.emulator.Certificate;
import io.drover.emulator.ExtensionProgram;
import io.drover.emulator.hyperv.HyperVEmulator;
import io.drover.emulator.maas.MaasEmulator;
import io.drover.emulator.proxmox.ProxmoxEmulator;
import io.drover.extension.manifest.Level;
import io.drover.qemu.Guest;
import io.drover.qemu.SessionLibvirt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each extension that comes with Drover keeps the contract, and what the kit made is gone afterwards. */
@Tag("program")
class BuiltInConformanceIT {
    @TempDir
    Path directory;

    @BeforeAll
    static void needPython() {
        ExtensionProgram.assumePython();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(ProcessHandle.current().descendants().filter(BuiltInConformanceIT::isAProgram))
                .isEmpty();
    }

    @Test
    void proxmoxPasses() throws IOException {
        try (var proxmox = new ProxmoxEmulator()) {
            var before = proxmox.vms().keySet();
            verify(
                    "Proxmox",
                    Map.of(
                            Level.HOST,
                            Map.of(
                                    "url",
                                    proxmox.url(),
                                    "user",
                                    ProxmoxEmulator.USER,
                                    "token",
                                    ProxmoxEmulator.TOKEN,
                                    "secret",
                                    ProxmoxEmulator.SECRET,
                                    "node",
                                    "pve1",
                                    "network_bridge",
                                    "vmbr0",
                                    "verify_tls_certificate",
                                    "false"),
                            Level.TEMPLATE,
                            Map.of("template_type", "template", "template_id", "100")));
            assertThat(proxmox.vms().keySet()).isEqualTo(before);
            assertThat(proxmox.leakedVolumes()).isEmpty();
        }
    }

    @Test
    void hyperVPasses() throws Exception {
        try (var host = new HyperVEmulator(new Certificate(directory))) {
            var before = host.files();
            verify(
                    "HyperV",
                    Map.of(Level.HOST, host.details(), Level.TEMPLATE, host.templateDetails()),
                    Check.PREPARE,
                    Check.CONSOLE);
            assertThat(host.vms()).isZero();
            assertThat(host.files()).isEqualTo(before);
            assertThat(host.openShells()).isZero();
        }
    }

    @Test
    void maasPasses() throws IOException {
        try (var maas = new MaasEmulator()) {
            maas.addMachines(3);
            verify(
                    "MaaS",
                    Map.of(Level.HOST, maas.details(), Level.TEMPLATE, Map.of("graceful_stop_seconds", "2")),
                    Check.CONSOLE,
                    Check.ACTIONS,
                    Check.KNOWN_ACTION);
            assertThat(maas.taken()).isZero();
        }
    }

    @Test
    void qemuPasses() throws IOException {
        Guest.needsQemu();
        var vms = directory.resolve("vms");
        verify(
                "QEMU",
                Map.of(
                        Level.HOST,
                        Map.of("directory", vms.toString(), "min_free_space", "64M", "accelerator", "tcg"),
                        Level.VM,
                        Map.of("disk_size", "16M", "stop_timeout", "1")));
        assertThat(files(vms)).isSubsetOf("accelerator.json");
        assertThat(ProcessHandle.allProcesses().filter(process -> isOf(process, vms)))
                .isEmpty();
    }

    @Test
    void libvirtPasses() throws IOException {
        SessionLibvirt.needed();
        try (var libvirt = new SessionLibvirt(Files.createTempDirectory("lv"))) {
            verify(
                    "Libvirt",
                    Map.of(Level.HOST, libvirt.details(), Level.VM, Map.of("disk_size", "16M", "stop_timeout", "0")));
            assertThat(files(libvirt.pool())).isEmpty();
            libvirt.virsh("list", "--all", "--name");
            assertThat(libvirt.printed()).isEmpty();
        }
    }

    /** @param inapplicable checks of what the extension has not */
    private static void verify(String extension, Map<Level, Map<String, String>> details, Check... inapplicable) {
        var report = Conformance.verify(
                Path.of("extensions", extension), Options.of(Thoroughness.FULL).withDetails(details));
        assertThat(report.checks())
                .as(ReportFormat.TEXT.write(report))
                .noneMatch(check -> check.outcome().compareTo(Outcome.PASSED) > 0)
                .filteredOn(check -> check.outcome() == Outcome.SKIPPED)
                .extracting(CheckResult::id)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(inapplicable).map(Check::id).toList());
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static boolean isAProgram(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("extensions/");
    }

    private static boolean isOf(ProcessHandle process, Path directory) {
        return process.info().commandLine().orElse("").contains(directory.toString());
    }
}
