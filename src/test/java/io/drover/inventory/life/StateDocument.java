package io.drover.inventory.life;

import io.drover.inventory.Creation;
import io.drover.inventory.VmState;
import io.drover.inventory.life.StateTable.Admission;
import io.drover.inventory.life.StateTable.Next;
import io.drover.inventory.life.StateTable.Row;
import io.drover.inventory.life.StateTable.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of states as {@code docs/states.md} has it: one section for each verb. What is in no row may not be asked. */
final class StateDocument {
    private static final String SAME = "as before";
    private static final String NOTHING = "nothing";
    private static final String HEAD = "| state | creation | asked | "
            + Arrays.stream(Ending.values()).map(StateDocument::word).collect(Collectors.joining(" | ")) + " |\n"
            + "| --- | --- | --- |" + " --- |".repeat(Ending.values().length) + "\n";

    private StateDocument() {}

    static String write(StateTable table) {
        var text = new StringBuilder();
        for (var verb : Verb.operations()) {
            text.append("\n### ").append(verb.word()).append("\n\n").append(HEAD);
            lines(table, verb).forEach((rest, states) -> text.append("| ")
                    .append(String.join(", ", states))
                    .append(rest)
                    .append('\n'));
        }
        return text.toString();
    }

    private static Map<String, List<String>> lines(StateTable table, Verb verb) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (var creation : Creation.values()) {
            table.rows().forEach((situation, row) -> {
                boolean shown = situation.verb() == verb && situation.creation() == creation;
                if (shown && row.admission() != Admission.NO) {
                    var state = situation.state() + (row.admission() == Admission.YES ? "" : "*");
                    lines.computeIfAbsent(rest(situation, row), key -> new ArrayList<>())
                            .add(state);
                }
            });
        }
        return lines;
    }

    private static String rest(Situation situation, Row row) {
        var calls = row.calls().stream().map(Verb::word).collect(Collectors.joining(", "));
        var cells = new StringBuilder(" | " + situation.creation() + " | " + (calls.isEmpty() ? NOTHING : calls));
        for (var ending : Ending.values()) {
            var next = row.next().get(ending);
            boolean same = next.state() == situation.state()
                    && (ending == Ending.REFUSAL && situation.verb() != Verb.DEPLOY
                            || situation.verb().claims() == null);
            cells.append(" | ")
                    .append(same ? SAME : next.state())
                    .append(next.creation() == situation.creation() ? "" : ", " + next.creation());
        }
        return cells.append(" |").toString();
    }

    /** All rows of a document; those that are not in it are refused ones. */
    static Map<Situation, Row> read(String text) {
        Map<Situation, Row> rows = new LinkedHashMap<>();
        for (var state : VmState.values()) {
            for (var creation : Creation.values()) {
                Verb.operations()
                        .forEach(verb -> rows.put(
                                new Situation(state, creation, verb), new Row(Admission.NO, List.of(), Map.of())));
            }
        }
        for (var section : text.split("\n### ")) {
            Verb.ofOperation(section.lines().findFirst().orElse("")).ifPresent(verb -> section.lines()
                    .filter(line -> line.startsWith("| "))
                    .skip(2)
                    .forEach(line -> read(verb, line.substring(2).split(" \\| | \\|$"), rows)));
        }
        return rows;
    }

    private static void read(Verb verb, String[] cells, Map<Situation, Row> rows) {
        var creation = Creation.valueOf(cells[1]);
        List<Verb> calls = cells[2].equals(NOTHING)
                ? List.of()
                : Arrays.stream(cells[2].split(", ")).map(Verb::of).toList();
        for (var word : cells[0].split(", ")) {
            var state = VmState.valueOf(word.replace("*", ""));
            Map<Ending, Next> next = new EnumMap<>(Ending.class);
            for (var ending : Ending.values()) {
                next.put(ending, next(cells[3 + ending.ordinal()], state, creation));
            }
            var admission = word.endsWith("*") ? Admission.UNLESS_SEEN_SO : Admission.YES;
            rows.put(new Situation(state, creation, verb), new Row(admission, calls, next));
        }
    }

    private static Next next(String cell, VmState state, Creation creation) {
        var words = cell.split(", ");
        return new Next(
                words[0].equals(SAME) ? state : VmState.valueOf(words[0]),
                words.length == 1 ? creation : Creation.valueOf(words[1]));
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case SUCCESS -> "success";
            case REFUSAL -> "refusal";
            case TROUBLE -> "trouble";
            case LOST -> "lost";
            case CANCELLED -> "cancelled";
            case REPEATED -> "repeated";
        };
    }
}
