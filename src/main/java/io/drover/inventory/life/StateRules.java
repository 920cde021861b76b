package io.drover.inventory.life;

import static io.drover.inventory.Creation.Created;
import static io.drover.inventory.Creation.Never;
import static io.drover.inventory.Creation.Unclear;

import io.drover.inventory.Creation;
import io.drover.inventory.VmState;
import io.drover.inventory.life.StateTable.Admission;
import io.drover.inventory.life.StateTable.Next;
import io.drover.inventory.life.StateTable.Row;
import io.drover.inventory.life.StateTable.Situation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules that the rows of {@link StateTable} follow, from what each {@link Verb} says of itself. */
final class StateRules {
    private StateRules() {}

    static Map<Situation, Row> rows() {
        Map<Situation, Row> rows = new LinkedHashMap<>();
        for (var state : VmState.values()) {
            for (var creation : Creation.values()) {
                for (var verb : Verb.operations()) {
                    var situation = new Situation(state, creation, verb);
                    rows.put(situation, row(situation, admission(situation)));
                }
            }
        }
        return rows;
    }

    private static Admission admission(Situation asked) {
        boolean suits =
                switch (asked.verb().wants()) {
                    case UNCREATED -> asked.creation() != Created;
                    case CREATED -> asked.creation() == Created;
                    case TRACE -> asked.creation() != Never;
                    case ANYTHING -> true;
                };
        if (!suits || !asked.verb().from().contains(asked.state())) {
            return Admission.NO;
        }
        boolean there =
                asked.verb().claims() == asked.state() && asked.verb() != Verb.DEPLOY && asked.verb() != Verb.REBOOT;
        return there && StateTable.powerOf(asked.state()) != null ? Admission.UNLESS_SEEN_SO : Admission.YES;
    }

    private static Row row(Situation asked, Admission admission) {
        if (admission == Admission.NO) {
            return new Row(admission, List.of(), Map.of());
        }
        Map<Ending, Next> next = new EnumMap<>(Ending.class);
        for (var ending : Ending.values()) {
            next.put(ending, next(asked, ending));
        }
        return new Row(admission, calls(asked), next);
    }

    /** An unclear creation is looked at before it is repeated, and what it left is deleted. */
    private static List<Verb> calls(Situation asked) {
        List<Verb> calls = new ArrayList<>();
        if (asked.verb() == Verb.DELETE && asked.creation() == Never) {
            return calls;
        }
        if (asked.verb() == Verb.DELETE && mayRun(asked)) {
            calls.add(Verb.STOP);
        }
        if (asked.verb() == Verb.DEPLOY && asked.creation() == Unclear) {
            calls.add(Verb.STATUS);
        }
        if (asked.verb() == Verb.DEPLOY && asked.creation() != Never) {
            calls.add(Verb.DELETE);
        }
        calls.add(asked.verb());
        return calls;
    }

    private static boolean mayRun(Situation asked) {
        boolean off = asked.state() == VmState.Stopped || asked.state() == VmState.Destroyed;
        return asked.creation() != Created || !off;
    }

    private static Next next(Situation asked, Ending ending) {
        return switch (asked.verb()) {
            case DEPLOY -> afterDeploy(ending);
            case DELETE -> afterDelete(asked, ending);
            default -> afterOthers(asked, ending);
        };
    }

    /** After a creation that failed, what may be left has been stopped and deleted, unless a person ended the operation. */
    private static Next afterDeploy(Ending ending) {
        return switch (ending) {
            case SUCCESS, REPEATED -> new Next(VmState.Running, Created);
            case REFUSAL, TROUBLE, LOST -> new Next(VmState.Error, Never);
            case CANCELLED -> new Next(VmState.Error, Unclear);
        };
    }

    /** Whether it was stopped before is known even if it was not deleted then. */
    private static Next afterDelete(Situation asked, Ending ending) {
        if (asked.creation() == Never) {
            return new Next(VmState.Expunged, Never);
        }
        return switch (ending) {
            case SUCCESS, REPEATED -> new Next(VmState.Expunged, Never);
            case REFUSAL -> new Next(refused(asked), asked.creation());
            case TROUBLE, LOST, CANCELLED -> new Next(VmState.Error, asked.creation());
        };
    }

    private static VmState refused(Situation asked) {
        boolean stopped = asked.creation() == Created && mayRun(asked);
        return stopped ? VmState.Stopped : StateTable.credible(asked.state(), asked.creation());
    }

    private static Next afterOthers(Situation asked, Ending ending) {
        var before = new Next(StateTable.credible(asked.state(), asked.creation()), asked.creation());
        var reached = asked.verb().claims();
        if (reached == null) {
            return before;
        }
        return switch (ending) {
            case SUCCESS, REPEATED -> new Next(reached, asked.creation());
            case REFUSAL -> before;
            case TROUBLE, LOST, CANCELLED -> new Next(VmState.Error, asked.creation());
        };
    }
}
