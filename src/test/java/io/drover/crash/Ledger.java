package io.drover.crash;

import io.drover.crash.Call.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What really happened, by the Simulator's own logs, replayed as one state machine per VM.
 *
 * <p>An effect is a change of state, or a reboot. It is doubled when one action has more than one, or when it cannot have
 * happened in any state the VM can have been in, such as a create of a VM that exists. A call that was killed may have had
 * its effect or not; whatever follows from both is taken to be possible.
 */
final class Ledger {
    private static final int BEGIN = 3;

    private final Path state;
    private final Findings findings;
    private final Map<String, List<Call>> calls = new LinkedHashMap<>();
    private final Map<String, Set<World>> worlds = new HashMap<>();
    private final Map<String, Set<World>> afterAction = new HashMap<>();

    Ledger(Path state, Findings findings) {
        this.state = state;
        this.findings = findings;
    }

    /**
     * Reads the logs and replays them.
     *
     * @param killed whether somebody killed, or may have killed, the program of an action
     */
    void replay(Predicate<String> killed) throws IOException {
        Map<String, Integer> effects = new HashMap<>();
        for (var line : lines("effects.log")) {
            effects.merge(line[1], 1, Integer::sum);
            findings.count("effects: " + line[2]);
        }
        effects.forEach((action, count) -> {
            if (count > 1) {
                findings.violation("Action " + action + " has " + count + " effects");
            }
        });
        read(effects, killed);
        calls.forEach(this::replay);
    }

    /** The calls of each action, in order. */
    Map<String, List<Call>> callsByAction() {
        Map<String, List<Call>> byAction = new HashMap<>();
        calls.values()
                .forEach(list -> list.forEach(call -> byAction.computeIfAbsent(call.action(), key -> new ArrayList<>())
                        .add(call)));
        return byAction;
    }

    /** What a VM can have been after the last call of an action. */
    Set<World> after(String action) {
        return afterAction.getOrDefault(action, EnumSet.allOf(World.class));
    }

    /** What a VM can be at the end of the logs. */
    Set<World> worlds(String vm) {
        return worlds.getOrDefault(vm, EnumSet.of(World.ABSENT));
    }

    /** What the Simulator says a VM is. */
    World world(String vm) throws IOException {
        var file = state.resolve("vms").resolve(vm);
        if (!Files.exists(file)) {
            return World.ABSENT;
        }
        return Files.readString(file).startsWith("power=poweron") ? World.ON : World.OFF;
    }

    private void read(Map<String, Integer> effects, Predicate<String> killed) throws IOException {
        Map<String, String> open = new HashMap<>();
        Map<String, Integer> exits = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (var line : lines("calls.log")) {
            if (line[BEGIN].equals("end")) {
                exits.put(line[1] + " " + line[2], Integer.valueOf(line[6]));
            }
        }
        for (var line : lines("calls.log")) {
            var id = line[1] + " " + line[2];
            if (line[BEGIN].equals("end")) {
                open.remove(line[5], id);
            } else {
                var call = new Call(line[1], line[4], line[5], exits.get(id), effects.getOrDefault(line[1], 0));
                var before = open.put(call.vm(), id);
                if (before != null && exits.containsKey(before)) {
                    findings.violation("Two programs at once for VM " + call.vm() + ": " + before + " and " + id);
                }
                if (!seen.add(call.action()) && !killed.test(call.action())) {
                    findings.violation("Action " + call.action() + " has run its program twice: " + call);
                }
                calls.computeIfAbsent(call.vm(), key -> new ArrayList<>()).add(call);
            }
        }
    }

    private void replay(String vm, List<Call> history) {
        Set<World> now = EnumSet.of(World.ABSENT);
        for (var call : history) {
            var next = call.after(now);
            if (next.isEmpty()) {
                findings.violation("VM " + vm + " was " + now + " when this happened: " + call + "; all: " + history);
                next = EnumSet.of(world(call));
            }
            now = next;
            afterAction.put(call.action(), now);
        }
        worlds.put(vm, now);
    }

    /** Where a history that cannot be goes on. */
    private static World world(Call call) {
        return Call.goal(call.verb().equals("create") ? "deploy" : call.verb())
                .iterator()
                .next();
    }

    private List<String[]> lines(String log) throws IOException {
        var file = state.resolve(log);
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(line -> line.split(" ")).toList()
                : List.of();
    }
}
