package io.drover.inventory.life;

import static io.drover.inventory.Creation.Created;
import static io.drover.inventory.Creation.Never;

import io.drover.inventory.Creation;
import io.drover.inventory.PowerState;
import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a VM in which state, what is asked of its extension then, and what becomes of it. It says what the
 * diagrams that come with Drover do; {@code docs/states.md} is this table for people.
 */
public final class StateTable {
    /** States that only an operation under way may leave a VM in. */
    public static final Set<VmState> BETWEEN =
            EnumSet.of(VmState.Starting, VmState.Stopping, VmState.Rebooting, VmState.Expunging);

    private static final StateTable IN_FORCE = new StateTable(StateRules.rows());

    private final Map<Situation, Row> rows;

    private StateTable(Map<Situation, Row> rows) {
        this.rows = rows;
    }

    /** A VM at rest and what is asked of it. */
    public record Situation(VmState state, Creation creation, Verb verb) {}

    /** Whether something may be asked. */
    public enum Admission {
        NO,
        YES,
        /** Only when the power was last seen other than the state says. */
        UNLESS_SEEN_SO
    }

    /**
     * What becomes of it.
     *
     * @param calls the verbs that are asked of the extension when each of them succeeds; empty when it is not asked
     * @param next empty when it may not be asked
     */
    public record Row(Admission admission, List<Verb> calls, Map<Ending, Next> next) {}

    /** Where a VM is afterwards. */
    public record Next(VmState state, Creation creation) {}

    /** The table that is in force. */
    public static StateTable inForce() {
        return IN_FORCE;
    }

    /** All rows in the order of states, creation and verbs. */
    public Map<Situation, Row> rows() {
        return rows;
    }

    /** What the table says of a situation. */
    public Row row(Situation situation) {
        return Objects.requireNonNull(rows.get(situation), situation::toString);
    }

    /** The same table with another row. */
    public StateTable with(Situation situation, Row row) {
        Map<Situation, Row> changed = new LinkedHashMap<>(rows);
        changed.put(situation, row);
        return new StateTable(changed);
    }

    /** Whether the verb may be asked of the VM now, as far as its state goes. */
    public boolean admits(Vm vm, Verb verb) {
        return switch (row(new Situation(vm.state(), vm.creation(), verb)).admission()) {
            case NO -> false;
            case YES -> true;
            case UNLESS_SEEN_SO -> vm.powerState() != powerOf(vm.state());
        };
    }

    /** The verbs that may be asked of the VM now; none while an operation holds it between two states. */
    public List<Verb> verbs(Vm vm) {
        return BETWEEN.contains(vm.state())
                ? List.of()
                : Verb.operations().stream().filter(verb -> admits(vm, verb)).toList();
    }

    /** The states in which the verb may be asked of a VM of this creation. */
    public Set<VmState> from(Verb verb, Creation creation) {
        var states = EnumSet.noneOf(VmState.class);
        rows.forEach((situation, row) -> {
            boolean meant = situation.verb() == verb && situation.creation() == creation;
            if (meant && row.admission() != Admission.NO) {
                states.add(situation.state());
            }
        });
        return states;
    }

    /** The power that a state claims; null when it claims none. */
    public static @Nullable PowerState powerOf(VmState state) {
        return switch (state) {
            case Running -> PowerState.PowerOn;
            case Stopped -> PowerState.PowerOff;
            default -> null;
        };
    }

    /** The state itself where it can be true of a VM of this creation that no operation holds, else {@code Error}. */
    public static VmState credible(VmState state, Creation creation) {
        return switch (state) {
            case Running, Stopped -> creation == Created ? state : VmState.Error;
            case Allocated -> creation == Never ? state : VmState.Error;
            case Starting, Stopping, Rebooting, Expunging -> VmState.Error;
            case Destroyed, Expunged, Error -> state;
        };
    }
}
