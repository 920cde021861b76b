package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A directory of VMs of the extension QEMU, and what can be seen of them from outside. */
final class QemuHost {
    static final Path ENTRY = Path.of("extensions/QEMU/qemu.py");

    private final Path directory;
    final HypervisorCall program;

    QemuHost(Path parent) {
        this(parent, "");
    }

    QemuHost(Path parent, String firstOnPath) {
        this(parent, firstOnPath, ENTRY);
    }

    QemuHost(Path parent, String firstOnPath, Path entry) {
        try {
            directory = Files.createDirectories(parent.resolve("vms"));
            program = new HypervisorCall(entry, Files.createDirectories(parent.resolve("calls")), firstOnPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    Map<String, String> details() {
        return Map.of("directory", directory.toString(), "min_free_space", "64M", "accelerator", "tcg");
    }

    /** A new VM that boots the guest. */
    VmWish guest() {
        return VmWish.fresh(
                details(), Map.of("image", Guest.template().toString(), "serial_log", "true", "stop_timeout", "40"));
    }

    /** A new VM with nothing on its disk. */
    VmWish blank() {
        return VmWish.fresh(details(), Map.of("disk_size", "16M", "stop_timeout", "0"));
    }

    SerialLine serial(VmWish vm) {
        return new SerialLine(directory.resolve(vm.id()).resolve("serial.log"));
    }

    String state(VmWish vm) {
        return program.call("status", vm).succeeded().path("power_state").asText();
    }

    /** The QEMU processes whose VMs are in this directory. */
    List<Long> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains("\0-pidfile\0" + directory))
                .map(ProcessHandle::pid)
                .toList();
    }

    /** The arguments that the VM's QEMU really has, as the operating system tells. */
    List<String> arguments(VmWish vm) {
        var own = "-pidfile\0" + directory.resolve(vm.id()) + "/";
        return processes().stream()
                .map(QemuHost::commandLine)
                .filter(line -> line.contains(own))
                .findFirst()
                .map(line -> List.of(line.split("\0")))
                .orElseThrow();
    }

    /** How often the guest has booted, as the disk of a stopped VM tells. */
    int boots(VmWish vm) {
        try {
            var sector = Files.createTempFile(directory.getParent(), "sector-", "");
            var read = new ProcessBuilder(
                            "qemu-img", "dd", "-f", "qcow2", "-O", "raw", "bs=512", "skip=51200", "count=51201")
                    .inheritIO();
            read.command().add("if=" + directory.resolve(vm.id()).resolve("disk.qcow2"));
            read.command().add("of=" + sector);
            assertThat(read.start().waitFor()).isZero();
            return Integer.parseInt(Files.readString(sector).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is in the directory. */
    List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until nothing is left, but what is remembered of the accelerator. */
    void assertNothingIsLeft() {
        await().untilAsserted(() -> assertThat(processes()).isEmpty());
        assertThat(files()).isSubsetOf("accelerator.json");
    }

    /** Deletes whatever a failed test left. */
    void clear() {
        processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Whether a port of the loopback interface is free. */
    static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
