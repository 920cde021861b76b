package io.drover.sweep;

import io.drover.extension.manifest.DetailField;
import io.drover.extension.manifest.DetailType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which hostile values do nothing in a detail, since it goes where nobody reads anything out of it: names of files into
 * arguments and never through a shell, passwords and free text into quoted places. Everything else is refused.
 */
public final class Tolerated {
    /** Text that people write for other people or machines; it may be of any kind that its pattern lets through. */
    private static final Map<String, Set<Hostile>> FREE_TEXT = Map.of(
            "cpu_model", EnumSet.of(Hostile.COMMA),
            "user_data", EnumSet.allOf(Hostile.class),
            "network_switch", EnumSet.complementOf(EnumSet.of(Hostile.CONTROL)),
            "HyperV/network_bridge", EnumSet.complementOf(EnumSet.of(Hostile.CONTROL)),
            "HyperV/username", EnumSet.complementOf(EnumSet.of(Hostile.CONTROL)));

    private Tolerated() {}

    /** Whether a value of this kind may be taken there. */
    public static boolean in(String extension, String name, DetailField field, Hostile kind) {
        if (field.type() == DetailType.PASSWORD) {
            return kind != Hostile.CONTROL;
        }
        if (field.type() == DetailType.PATH && field.form().relative()) {
            return kind == Hostile.SHELL || kind == Hostile.COMMA;
        }
        var free = FREE_TEXT.getOrDefault(extension + "/" + name, FREE_TEXT.getOrDefault(name, Set.of()));
        return free.contains(kind);
    }
}
