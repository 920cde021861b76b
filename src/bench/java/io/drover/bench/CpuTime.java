package io.drover.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Processor time in milliseconds since each process began; Linux only, {@code proc(5)}.
 *
 * @param jvm of this JVM
 * @param children of its children, the database's server not among them, and of theirs that have ended
 * @param database of the database's server; 0 when it is in this JVM
 */
record CpuTime(double jvm, double children, double database) {
    private static final int PARENT = 1;
    private static final int OWN = 11;
    private static final int OF_CHILDREN = 13;

    /** Ticks are hundredths of a second on every Linux that Java runs on. */
    private static final int TICK_MILLIS = 10;

    static CpuTime now(@Nullable Long databaseServer) throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double database = databaseServer == null ? 0 : ofTree(databaseServer, null);
        double all = ofTree(ProcessHandle.current().pid(), databaseServer) * TICK_MILLIS;
        double jvm = system.getProcessCpuTime() / 1e6;
        return new CpuTime(jvm, all - ticks(stat(Path.of("/proc/self")), OWN) * TICK_MILLIS, database * TICK_MILLIS);
    }

    CpuTime since(CpuTime earlier) {
        return new CpuTime(jvm - earlier.jvm, children - earlier.children, database - earlier.database);
    }

    double all() {
        return jvm + children + database;
    }

    /** Of a process, those of its children that live but for one, and all of theirs that have ended. */
    private static double ofTree(long root, @Nullable Long exception) throws IOException {
        double sum = 0;
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                boolean counts = exception == null || !process.endsWith(exception.toString());
                sum += counts ? ofMember(process, root) : 0;
            }
        }
        return sum;
    }

    private static double ofMember(Path process, long root) {
        try {
            var stat = stat(process);
            boolean isRoot = process.getFileName().toString().equals(Long.toString(root));
            return isRoot || Long.parseLong(stat[PARENT]) == root ? ticks(stat, OWN) + ticks(stat, OF_CHILDREN) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static double ticks(String[] stat, int field) {
        return Double.parseDouble(stat[field]) + Double.parseDouble(stat[field + 1]);
    }

    /** The fields after the program's name. */
    private static String[] stat(Path process) throws IOException {
        var text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    }
}
