package io.drover.extension.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What each process of a program may use, as setrlimit(2) counts it; null is no limit.
 *
 * @param cpu time on a processor, whole seconds; XCPU ends a process that reaches it, KILL one that goes on two seconds more
 * @param memory address space; what exceeds it cannot be allocated
 * @param fileSize of any file it writes; XFSZ ends a process that exceeds it
 * @param processes how many the programs' user may have in all, threads counted
 */
@ConfigurationProperties("drover.runner.limits")
record RunLimits(
        @Nullable Duration cpu,
        @Nullable DataSize memory,
        @Nullable DataSize fileSize,
        @Nullable Long processes) {
    static final RunLimits NONE = new RunLimits(null, null, null, null);

    private static final long CPU_GRACE_SECONDS = 2;
    private static final int ABRT = 134;
    private static final int KILL = 137;
    private static final int SEGV = 139;
    private static final int XCPU = 152;
    private static final int XFSZ = 153;

    RunLimits {
        check("cpu", cpu, cpu == null ? 1 : cpu.toSeconds());
        check("memory", memory, memory == null ? 1 : memory.toBytes());
        check("file-size", fileSize, fileSize == null ? 1 : fileSize.toBytes());
        check("processes", processes, processes == null ? 1 : processes);
    }

    private static void check(String name, @Nullable Object value, long amount) {
        if (amount < 1) {
            throw new IllegalArgumentException("drover.runner.limits." + name + " is " + value
                    + " but must be at least 1" + (name.equals("cpu") ? "s" : ""));
        }
    }

    /** The arguments of prlimit(1) that set them; empty where none is set. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (cpu != null) {
            arguments.add("--cpu=" + cpu.toSeconds() + ":" + (cpu.toSeconds() + CPU_GRACE_SECONDS));
        }
        if (memory != null) {
            arguments.add("--as=" + memory.toBytes());
        }
        if (fileSize != null) {
            arguments.add("--fsize=" + fileSize.toBytes());
        }
        if (processes != null) {
            arguments.add("--nproc=" + processes);
        }
        return arguments;
    }

    /** Which limit probably led to an exit code; null where none did. */
    @Nullable
    String suspect(int exitCode) {
        if (exitCode == XCPU && cpu != null) {
            return "it used more CPU time than drover.runner.limits.cpu=" + cpu.toSeconds() + "s allows";
        }
        if (exitCode == XFSZ && fileSize != null) {
            return "it wrote more to a file than drover.runner.limits.file-size=" + fileSize + " allows";
        }
        if (exitCode == KILL && cpu != null) {
            return "perhaps it used more CPU time than drover.runner.limits.cpu=" + cpu.toSeconds()
                    + "s allows and took no notice of XCPU";
        }
        if ((exitCode == ABRT || exitCode == SEGV || exitCode == KILL) && memory != null) {
            return "perhaps it needed more memory than drover.runner.limits.memory=" + memory + " allows";
        }
        return null;
    }
}
