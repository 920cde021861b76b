package io.drover.inventory.life;

import io.drover.inventory.Creation;
import io.drover.inventory.VmState;
import io.drover.inventory.life.StateTable.Admission;
import io.drover.inventory.life.StateTable.Next;
import io.drover.inventory.life.StateTable.Row;
import io.drover.inventory.life.StateTable.Situation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tables that differ from one in a single cell. */
public final class TableChanges {
    private TableChanges() {}

    /**
     * A change of one cell.
     *
     * @param cell which one, for people
     */
    public record Change(String cell, Situation situation, Row row) {}

    /** Every cell of the table, changed to every other value that it can have; calls are dropped one by one, and one is added. */
    public static Stream<Change> of(StateTable table) {
        return table.rows().entrySet().stream().flatMap(entry -> of(entry.getKey(), entry.getValue()));
    }

    private static Stream<Change> of(Situation situation, Row row) {
        List<Change> changes = new ArrayList<>();
        for (var admission : Admission.values()) {
            if (admission != row.admission()) {
                changes.add(new Change(
                        situation + " admission",
                        situation,
                        new Row(admission, row.calls(), row.next().isEmpty() ? stays(situation) : row.next())));
            }
        }
        for (int i = 0; i < row.calls().size(); i++) {
            var calls = new ArrayList<>(row.calls());
            calls.remove(i);
            changes.add(new Change(situation + " call " + i, situation, new Row(row.admission(), calls, row.next())));
        }
        if (row.admission() != Admission.NO) {
            var calls = new ArrayList<>(row.calls());
            calls.add(0, Verb.PREPARE);
            changes.add(new Change(situation + " calls", situation, new Row(row.admission(), calls, row.next())));
        }
        row.next().forEach((ending, next) -> others(next)
                .forEach(other ->
                        changes.add(new Change(situation + " " + ending, situation, with(row, ending, other)))));
        return changes.stream();
    }

    private static Map<Ending, Next> stays(Situation situation) {
        Map<Ending, Next> next = new EnumMap<>(Ending.class);
        for (var ending : Ending.values()) {
            next.put(ending, new Next(situation.state(), situation.creation()));
        }
        return next;
    }

    private static Stream<Next> others(Next next) {
        return Stream.concat(
                        Stream.of(VmState.values()).map(state -> new Next(state, next.creation())),
                        Stream.of(Creation.values()).map(creation -> new Next(next.state(), creation)))
                .filter(other -> !other.equals(next));
    }

    private static Row with(Row row, Ending ending, Next next) {
        Map<Ending, Next> changed = new EnumMap<>(row.next());
        changed.put(ending, next);
        return new Row(row.admission(), row.calls(), changed);
    }
}
