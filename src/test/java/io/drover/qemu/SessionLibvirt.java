package io.drover.qemu;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A libvirtd of one user, with a pool, in a directory of the test's. As root, that user is nobody, who has no /dev/kvm. */
public final class SessionLibvirt implements AutoCloseable {
    private static final String NOBODY = "65534";

    private final Path directory;
    private final Process daemon;

    /** Skips the test where something is missing. */
    public static void needed() {
        Guest.needsQemu();
        Guest.needs(
                "libvirt-daemon libvirt-clients libvirt-daemon-driver-qemu util-linux", "libvirtd", "virsh", "setpriv");
    }

    /** @param directory short, as sockets are in it */
    public SessionLibvirt(Path directory) throws IOException {
        this.directory = directory;
        for (var name : List.of("home", "run", "pool", "serial", "calls")) {
            Files.createDirectories(directory.resolve(name));
        }
        Files.copy(Guest.template(), template());
        open();
        daemon = user("libvirtd")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> virsh("version") == 0);
        virsh(
                "pool-define-as",
                "default",
                "dir",
                "--target",
                directory.resolve("pool").toString());
        virsh("pool-start", "default");
    }

    /** A disk that boots the guest; the daemon can read it. */
    public Path template() {
        return directory.resolve("template.qcow2");
    }

    /** Where the volumes of its pool are. */
    public Path pool() {
        return directory.resolve("pool");
    }

    /** The details of a host by which an extension gets here. */
    public Map<String, String> details() {
        return Map.of(
                "uri",
                "qemu+unix:///session",
                "socket",
                directory.resolve("run/libvirt/libvirt-sock").toString(),
                "network_mode",
                "user",
                "serial_directory",
                directory.resolve("serial").toString());
    }

    /** The process id of libvirtd. */
    long pid() {
        return daemon.pid();
    }

    SerialLine serial(VmWish vm) {
        return new SerialLine(directory.resolve("serial").resolve(vm.name() + ".log"));
    }

    HypervisorCall program() {
        return program(Path.of(""));
    }

    /** The same with the programs of a directory before all others. */
    HypervisorCall program(Path first) {
        return new HypervisorCall(
                Path.of("extensions/Libvirt/libvirt.py"), directory.resolve("calls"), first.toString());
    }

    /** Runs virsh on it; its exit code. */
    public int virsh(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", uri()));
        command.addAll(Arrays.asList(words));
        return end(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("virsh.log").toFile())
                .start());
    }

    /** What virsh printed last. */
    public String printed() throws IOException {
        return Files.readString(directory.resolve("virsh.log")).strip();
    }

    /** Ends it and its VMs, and deletes its directory. */
    @Override
    public void close() throws IOException {
        virsh("list", "--name");
        for (var name : printed().lines().filter(line -> !line.isBlank()).toList()) {
            virsh("destroy", name);
        }
        daemon.destroy();
        end(daemon);
        FileSystemUtils.deleteRecursively(directory);
    }

    private String uri() {
        return "qemu+unix:///session?socket=" + directory.resolve("run/libvirt/libvirt-sock");
    }

    private ProcessBuilder user(String program) {
        boolean root = System.getProperty("user.name").equals("root");
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(program);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("HOME", directory.resolve("home").toString());
        builder.environment().put("XDG_RUNTIME_DIR", directory.resolve("run").toString());
        return builder;
    }

    /** Lets everybody write there, as the daemon is somebody else. */
    private void open() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (var entries = Files.list(directory)) {
            for (var entry : entries.toList()) {
                Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        }
    }

    private static int end(Process process) {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
