package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.drover.StateWalk.Seen;
import io.drover.inventory.Creation;
import io.drover.inventory.VmState;
import io.drover.inventory.life.Ending;
import io.drover.inventory.life.StateTable;
import io.drover.inventory.life.StateTable.Admission;
import io.drover.inventory.life.StateTable.Next;
import io.drover.inventory.life.StateTable.Row;
import io.drover.inventory.life.StateTable.Situation;
import io.drover.inventory.life.TableChanges;
import io.drover.inventory.life.Verb;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Walks every state, creation, verb and ending through a running server, and compares what was seen with what must always
 * hold, and then with the table of states, of which no cell can be changed without a difference.
 */
@Tag("matrix")
class StatesIT extends WholeApplication {
    private static final int AT_A_TIME = 12;

    @Autowired
    private JdbcClient jdbc;

    /** One combination and what was seen. */
    private record Step(Situation situation, Ending ending, String power, Seen seen) {
        boolean seenSo() {
            return power.equals(String.valueOf(StateTable.powerOf(situation.state())));
        }
    }

    @Test
    void everyCombinationDoesNoHarmAndLeadsOn() throws Exception {
        var walk = walk();
        var steps = steps(walk);
        long refused = steps.stream().filter(step -> !step.seen().accepted()).count();
        int combinations = StateTable.inForce().rows().size() * Ending.values().length;
        System.out.println("States: " + combinations + " combinations walked (" + (steps.size() - refused)
                + " operations, " + refused + " refusals at the door, one for all endings)");

        assertSoftly(softly -> steps.forEach(step -> holds(softly, step)));
        assertThat(walk.harm()).isEmpty();
        var seen = rows(steps);
        assertSoftly(
                softly -> StateTable.inForce().rows().forEach((situation, row) -> softly.assertThat(seen.get(situation))
                        .as(situation.toString())
                        .isEqualTo(row)));
        var changes = TableChanges.of(StateTable.inForce()).toList();
        assertThat(changes).allMatch(change -> !StateTable.inForce()
                .with(change.situation(), change.row())
                .rows()
                .equals(seen));
        System.out.println("States: " + changes.size() + " changes of single cells, each noticed");
    }

    private StateWalk walk() throws Exception {
        var told = Files.createDirectories(HOME.resolve("told"));
        var walk = new StateWalk(admin, jdbc, told);
        Files.writeString(told.resolve(".told"), "none none\n");
        var extension = inventory.extension(
                walk.program(), "customActions:", "  - name: Poke", "    repeatable: true", "    timeout: 60");
        walk.like(UUID.fromString(inventory.running(inventory.site(extension))));
        return walk;
    }

    private List<Step> steps(StateWalk walk) throws Exception {
        List<Callable<List<Step>>> tasks = new ArrayList<>();
        StateTable.inForce().rows().keySet().forEach(situation -> tasks.add(() -> steps(walk, situation)));
        Collections.shuffle(tasks);
        var threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Step> steps = new ArrayList<>();
            for (Future<List<Step>> future : threads.invokeAll(tasks)) {
                steps.addAll(future.get());
            }
            return steps;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What is refused at the door is so whatever the extension would answer, so it is asked once. */
    private static List<Step> steps(StateWalk walk, Situation situation) throws Exception {
        List<Step> steps = new ArrayList<>();
        var power = StateTable.powerOf(situation.state());
        if (power != null) {
            var first = walk.walk(situation, Ending.SUCCESS, power.name());
            steps.add(new Step(situation, Ending.SUCCESS, power.name(), first));
        }
        for (var ending : Ending.values()) {
            var seen = walk.walk(situation, ending, "PowerUnknown");
            steps.add(new Step(situation, ending, "PowerUnknown", seen));
            if (!seen.accepted()) {
                break;
            }
        }
        return steps;
    }

    private static void holds(SoftAssertions softly, Step step) {
        var seen = step.seen();
        var state = seen.next().state();
        var asked = step.situation();
        if (!StateTable.BETWEEN.contains(asked.state())) {
            softly.assertThat(seen.offered().contains(asked.verb().word()))
                    .as("offered: %s", step)
                    .isEqualTo(seen.accepted());
        }
        if (seen.accepted()) {
            if (state != VmState.Expunged) {
                softly.assertThat(seen.left()).as("a way out: %s", step).contains("delete");
                softly.assertThat(seen.left().size()).as("a way on: %s", step).isGreaterThan(1);
            }
            softly.assertThat(StateTable.BETWEEN).as("an end: %s", step).doesNotContain(state);
            if (state == VmState.Running || state == VmState.Stopped) {
                softly.assertThat(isSupported(step))
                        .as("created and seen: %s", step)
                        .isTrue();
            }
        }
        boolean never = asked.creation() == Creation.Never;
        if (never && asked.verb() != Verb.DEPLOY) {
            softly.assertThat(seen.calls()).as("no call: %s", step).isEmpty();
        }
        if (never && asked.verb() == Verb.DELETE && asked.state() != VmState.Expunged) {
            softly.assertThat(state).as("expunged: %s", step).isEqualTo(VmState.Expunged);
        }
    }

    /** Whether the VM was created, and what was last done to it, or else what it was before, makes it what it is said to be. */
    private static boolean isSupported(Step step) {
        boolean created = step.situation().creation() == Creation.Created;
        var state = step.situation().state();
        for (var call : step.seen().done()) {
            switch (call) {
                case "create" -> {
                    created = true;
                    state = VmState.Running;
                }
                case "start", "reboot" -> state = VmState.Running;
                case "stop" -> state = VmState.Stopped;
                case "delete" -> created = false;
                default -> {}
            }
        }
        return created && state == step.seen().next().state();
    }

    /** The table as it was seen. */
    private static Map<Situation, Row> rows(List<Step> steps) {
        Map<Situation, List<Step>> bySituation = new LinkedHashMap<>();
        steps.forEach(step -> bySituation
                .computeIfAbsent(step.situation(), key -> new ArrayList<>())
                .add(step));
        Map<Situation, Row> rows = new LinkedHashMap<>();
        bySituation.forEach((situation, seen) -> rows.put(situation, row(seen)));
        return rows;
    }

    private static Row row(List<Step> steps) {
        var accepted = steps.stream().filter(step -> step.seen().accepted()).toList();
        if (accepted.isEmpty()) {
            return new Row(Admission.NO, List.of(), Map.of());
        }
        boolean always = accepted.size() == steps.size();
        Map<Ending, Next> next = new EnumMap<>(Ending.class);
        accepted.stream()
                .filter(step -> !step.seenSo())
                .forEach(step -> next.put(step.ending(), step.seen().next()));
        var calls = accepted.stream()
                .filter(step -> step.ending() == Ending.SUCCESS && !step.seenSo())
                .findFirst()
                .map(step -> StateWalk.asked(step.seen().calls()))
                .orElseThrow();
        return new Row(always ? Admission.YES : Admission.UNLESS_SEEN_SO, calls, next);
    }
}
