package io.drover.emulator.hyperv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The emulated host: its VMs, files and switches, and which cmdlets are to fail. */
final class Host {

    /** What a cmdlet does instead of its work: fails before or after it. */
    record Failure(PowerShellError error, boolean afterwards) {}

    final Map<String, Vm> vms = new LinkedHashMap<>();
    /** Full paths; folders end with a backslash. */
    final Set<String> files = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    final Set<String> switches = Set.of("External");
    final List<String> effects = new ArrayList<>();
    /** Whether guests react to a shutdown: at once, with an error, or never. */
    volatile String guests = "react";

    /** Whether its volumes take no changes. */
    volatile boolean readOnly;

    private final Map<String, Deque<Failure>> failures = new HashMap<>();

    /** Makes the next run of a cmdlet fail before it does anything. */
    void fail(String cmdlet, String message) {
        failures.computeIfAbsent(cmdlet, name -> new ArrayDeque<>())
                .add(new Failure(new PowerShellError(message, "OperationFailed," + cmdlet), false));
    }

    /** Makes the next run of a cmdlet do its work and then fail. */
    void failAfterwards(String cmdlet, String message) {
        failures.computeIfAbsent(cmdlet, name -> new ArrayDeque<>())
                .add(new Failure(new PowerShellError(message, "OperationFailed," + cmdlet), true));
    }

    /** How often a cmdlet took effect. */
    long count(String cmdlet) {
        return effects.stream().filter(cmdlet::equals).count();
    }

    /** The cmdlet, failing when it is to. */
    Cmdlet watched(Cmdlet cmdlet) {
        return new Cmdlet(cmdlet.name(), cmdlet.parameters(), cmdlet.switches(), arguments -> {
            var waiting = failures.getOrDefault(cmdlet.name(), new ArrayDeque<>());
            var failure = waiting.poll();
            if (failure != null && !failure.afterwards()) {
                throw failure.error();
            }
            var result = cmdlet.work().run(arguments);
            effects.add(cmdlet.name());
            if (failure != null) {
                throw failure.error();
            }
            return result;
        });
    }

    boolean exists(String path) {
        return files.contains(path) || files.contains(path + "\\");
    }

    void requireFile(String path, String cmdlet) {
        if (!files.contains(path)) {
            throw new PowerShellError(
                    "Cannot find path '" + path + "' because it does not exist.", "PathNotFound," + cmdlet);
        }
    }

    void addFile(String path, String cmdlet) {
        if (!files.contains(path.substring(0, path.lastIndexOf('\\') + 1))) {
            throw new PowerShellError(
                    "Could not find a part of the path '" + path + "'.", "DirectoryNotFound," + cmdlet);
        }
        if (!files.add(path)) {
            throw new PowerShellError("The file '" + path + "' already exists.", "FileExists," + cmdlet);
        }
    }

    void addFolder(String path) {
        var made = new StringBuilder();
        for (var part : path.split("\\\\")) {
            files.add(made.append(part).append('\\').toString());
        }
    }
}
