package io.drover.operation;

import io.drover.extension.manifest.ActionDefinition;
import io.drover.inventory.VmState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which verbs a VM can be asked in which state, and the state it is in meanwhile.
 *
 * @param from the states the verb is allowed in
 * @param during the state while it is under way; null when the verb leaves the state alone
 */
record Lifecycle(Set<VmState> from, @Nullable VmState during) {
    private static final Set<VmState> SETTLED =
            EnumSet.of(VmState.Allocated, VmState.Running, VmState.Stopped, VmState.Error, VmState.Destroyed);

    /** At rest, and known to its extension. */
    private static final Set<VmState> KNOWN = EnumSet.of(VmState.Running, VmState.Stopped, VmState.Error);

    /** What each verb that can be asked for by REST or by starting its process means. */
    static final Map<String, Lifecycle> OF_VERB = Map.of(
            "deploy",
            new Lifecycle(EnumSet.of(VmState.Allocated, VmState.Error), VmState.Starting),
            "start",
            new Lifecycle(EnumSet.of(VmState.Stopped, VmState.Error), VmState.Starting),
            "stop",
            new Lifecycle(EnumSet.of(VmState.Running, VmState.Error), VmState.Stopping),
            "reboot",
            new Lifecycle(EnumSet.of(VmState.Running), VmState.Rebooting),
            "status",
            new Lifecycle(KNOWN, null),
            "delete",
            new Lifecycle(SETTLED, VmState.Expunging),
            ActionDefinition.VERB,
            new Lifecycle(KNOWN, null));

    /** States that only an operation under way may leave a VM in. */
    static final Set<VmState> TRANSITIONAL =
            EnumSet.of(VmState.Starting, VmState.Stopping, VmState.Rebooting, VmState.Expunging);
}
