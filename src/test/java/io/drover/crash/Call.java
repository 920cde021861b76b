package io.drover.crash;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of the Simulator.
 *
 * @param exit its exit code; null when it was killed before its end
 * @param effects how many effects the ledger has of its action
 */
record Call(String action, String verb, String vm, @Nullable Integer exit, int effects) {

    /** What a VM can be for the Simulator. */
    enum World {
        ABSENT,
        ON,
        OFF
    }

    /** The worlds that can be after this call, given those that could be before; none when it cannot have happened. */
    Set<World> after(Set<World> before) {
        Set<World> after = EnumSet.noneOf(World.class);
        for (var world : before) {
            var changed = changed(world);
            if (effects == 1) {
                add(after, changed);
            } else if (exit == null) {
                after.add(world);
                add(after, changed);
            } else if (exit != 0 || changed == null && !needs(world)) {
                after.add(world);
            }
        }
        return after;
    }

    /** What the effect makes of the world; null where the verb has none. */
    private @Nullable World changed(World world) {
        return switch (verb) {
            case "create" -> world == World.ABSENT ? World.ON : null;
            case "start" -> world == World.OFF ? World.ON : null;
            case "stop" -> world == World.ON ? World.OFF : null;
            case "reboot" -> world == World.ON ? World.ON : null;
            case "delete" -> world == World.ABSENT ? null : World.ABSENT;
            default -> null;
        };
    }

    /** Whether the verb cannot succeed in this world. */
    private boolean needs(World world) {
        return verb.equals("start") && world == World.ABSENT || verb.equals("reboot") && world != World.ON;
    }

    /** The worlds in which what the verb asks for is reached; all for a verb that changes nothing. */
    static Set<World> goal(String verb) {
        return switch (verb) {
            case "deploy", "start", "reboot" -> EnumSet.of(World.ON);
            case "stop" -> EnumSet.of(World.OFF, World.ABSENT);
            case "delete" -> EnumSet.of(World.ABSENT);
            default -> EnumSet.allOf(World.class);
        };
    }

    private static void add(Set<World> worlds, @Nullable World world) {
        if (world != null) {
            worlds.add(world);
        }
    }
}
