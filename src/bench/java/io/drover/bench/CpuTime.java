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
 * @param children of its children that have ended, theirs included
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
        return new CpuTime(
                system.getProcessCpuTime() / 1e6,
                ticks(stat(Path.of("/proc/self")), OF_CHILDREN) * TICK_MILLIS,
                databaseServer == null ? 0 : ofTree(databaseServer) * TICK_MILLIS);
    }

    CpuTime since(CpuTime earlier) {
        return new CpuTime(jvm - earlier.jvm, children - earlier.children, database - earlier.database);
    }

    double all() {
        return jvm + children + database;
    }

    private static double ofTree(long server) throws IOException {
        double sum = 0;
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                sum += ofMember(process, server);
            }
        }
        return sum;
    }

    private static double ofMember(Path process, long server) {
        try {
            var stat = stat(process);
            boolean isServer = process.getFileName().toString().equals(Long.toString(server));
            if (isServer) {
                return ticks(stat, OWN) + ticks(stat, OF_CHILDREN);
            }
            return Long.parseLong(stat[PARENT]) == server ? ticks(stat, OWN) : 0;
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
