package io.drover.inventory.life;

import io.drover.inventory.VmState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be asked: of a VM, by an operation; or only of its extension, within one. The one list of verbs. */
public enum Verb {
    PREPARE("prepare", Priority.NORMAL),
    DEPLOY("deploy", "create", Priority.NORMAL, VmState.Starting, VmState.Running, Wants.UNCREATED, States.ALL),
    START("start", Priority.NORMAL, VmState.Starting, VmState.Running, Wants.CREATED, States.STARTABLE),
    STOP("stop", Priority.HIGH, VmState.Stopping, VmState.Stopped, Wants.CREATED, States.STOPPABLE),
    REBOOT("reboot", Priority.NORMAL, VmState.Rebooting, VmState.Running, Wants.CREATED, EnumSet.of(VmState.Running)),
    STATUS("status", Priority.LOW, null, null, Wants.TRACE, States.ALL),
    STATUSES("statuses", Priority.LOW),
    DELETE("delete", Priority.HIGH, VmState.Expunging, VmState.Error, Wants.ANYTHING, States.ALL),
    GETCONSOLE("getconsole", Priority.NORMAL),
    /** Whatever an extension can do besides; on the wire it is the action's own name. */
    CUSTOM_ACTION("custom-action", Priority.NORMAL, null, null, Wants.CREATED, States.KNOWN);

    /** What must be known of a VM's creation before the verb may be asked. */
    public enum Wants {
        /** It was never created, or nobody knows. */
        UNCREATED,
        /** It was created. */
        CREATED,
        /** There may be something outside. */
        TRACE,
        /** Anything. */
        ANYTHING
    }

    private static final Map<String, Verb> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Verb::word, Function.identity()));

    private final String word;
    private final String wireWord;
    private final Priority priority;
    private final @Nullable VmState during;
    private final @Nullable VmState claims;
    private final Wants wants;
    private final Set<VmState> from;

    /** One that is only asked within an operation. */
    Verb(String word, Priority priority) {
        this(word, word, priority, null, null, Wants.ANYTHING, EnumSet.noneOf(VmState.class));
    }

    Verb(
            String word,
            Priority priority,
            @Nullable VmState during,
            @Nullable VmState claims,
            Wants wants,
            Set<VmState> from) {
        this(word, word, priority, during, claims, wants, from);
    }

    Verb(
            String word,
            String wireWord,
            Priority priority,
            @Nullable VmState during,
            @Nullable VmState claims,
            Wants wants,
            Set<VmState> from) {
        this.word = word;
        this.wireWord = wireWord;
        this.priority = priority;
        this.during = during;
        this.claims = claims;
        this.wants = wants;
        this.from = from;
    }

    /** The verb of this word; every other word is the name of a custom action. */
    public static Verb of(String word) {
        return BY_WORD.getOrDefault(word, CUSTOM_ACTION);
    }

    /** The verb of this word that an operation can be asked for. */
    public static Optional<Verb> ofOperation(String word) {
        return Optional.ofNullable(BY_WORD.get(word)).filter(Verb::isOperation);
    }

    /** The verbs that an operation can be asked for. */
    public static List<Verb> operations() {
        return Arrays.stream(values()).filter(Verb::isOperation).toList();
    }

    /** The words of the contract's verbs: all but custom actions. */
    public static Set<String> contract() {
        return Arrays.stream(values())
                .filter(verb -> verb != CUSTOM_ACTION)
                .map(Verb::word)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The words of the verbs that every extension supports: those that operations need. */
    public static Set<String> usual() {
        return operations().stream()
                .filter(verb -> verb != CUSTOM_ACTION)
                .map(Verb::word)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isOperation() {
        return !from.isEmpty();
    }

    /** Drover's word for it, in paths, records and the names of diagrams. */
    public String word() {
        return word;
    }

    /** The usual first argument of the program. */
    public String wireWord() {
        return wireWord;
    }

    /** How urgent it is. */
    public Priority priority() {
        return priority;
    }

    /** Whether it can be run again without harm when nobody knows whether it was, unless the manifest says otherwise. */
    public boolean repeatable() {
        return this != CUSTOM_ACTION;
    }

    /** The VM's state while an operation of this verb is under way; null when it leaves the state alone. */
    public @Nullable VmState during() {
        return during;
    }

    /** What the VM has been seen to be once the program has succeeded; null when that says nothing of it. */
    public @Nullable VmState claims() {
        return claims;
    }

    /** What must be known of the VM's creation. */
    public Wants wants() {
        return wants;
    }

    /** The states it can be asked in, power permitting. */
    Set<VmState> from() {
        return from;
    }

    /** Groups of states. What lies between two states without an operation that is under way counts like {@code Error}. */
    private static final class States {
        static final Set<VmState> ALL = EnumSet.complementOf(EnumSet.of(VmState.Expunged));
        static final Set<VmState> STARTABLE = ALL;
        static final Set<VmState> STOPPABLE = EnumSet.complementOf(EnumSet.of(VmState.Expunged, VmState.Destroyed));
        static final Set<VmState> KNOWN = STOPPABLE;
    }
}
