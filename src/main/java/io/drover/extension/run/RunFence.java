package io.drover.extension.run;

import io.drover.home.Home;
import io.drover.node.Fence;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The fence of a node as a process beside the server, a small shell script that sleeps until the deadline in the file
 * {@code HOME/fence} and then ends whatever belongs to a directory in {@code HOME/runs}. It outlives the server and is replaced
 * by the next one's. Linux only. What it has ended is told in {@code HOME/fence.log}.
 */
@Component
class RunFence implements Fence {
    private static final Logger LOG = LoggerFactory.getLogger(RunFence.class);
    private static final Path UPTIME = Path.of("/proc/uptime");

    private final Path home;
    private final Path file;
    private final String owner = UUID.randomUUID().toString();
    private @Nullable Process watchdog;

    RunFence(Home home) {
        this.home = home.root();
        this.file = this.home.resolve("fence");
    }

    @Override
    public synchronized boolean arm(Duration left, Duration grace) {
        try {
            if (!Files.isReadable(UPTIME)) {
                return false;
            }
            long end = uptimeMillis() + left.toMillis();
            write(end / 1000 + " " + (end + grace.toMillis()) / 1000);
            if (watchdog == null || !watchdog.isAlive()) {
                watchdog = start();
            }
            return true;
        } catch (IOException e) {
            LOG.error("The watchdog cannot be set, so no other node may take over what this one runs", e);
            return false;
        }
    }

    @Override
    public synchronized void disarm() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The watchdog never sees half a deadline. */
    private void write(String deadline) throws IOException {
        var draft = home.resolve("fence.new");
        Files.writeString(draft, deadline + " " + owner + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Process start() throws IOException {
        var script = new ClassPathResource("watchdog.sh", RunFence.class).getContentAsString(StandardCharsets.UTF_8);
        var self = Long.toString(ProcessHandle.current().pid());
        var command = ProgramStart.inOwnSession("/bin/sh", "-c", script, "drover-watchdog", owner, self);
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.appendTo(home.resolve("fence.log").toFile()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return builder.start();
    }

    /** Milliseconds since the machine started, its sleep included. */
    private static long uptimeMillis() throws IOException {
        return (long) (Double.parseDouble(Files.readString(UPTIME).split(" ")[0]) * 1000);
    }
}
