package io.drover.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.crash.Call.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what clients were promised, what Drover has on record and what the Simulator did are one and the same. */
final class Verdict {
    private static final Map<String, Set<World>> MEANING = Map.of(
            "Running", Set.of(World.ON),
            "Stopped", Set.of(World.OFF),
            "Expunged", Set.of(World.ABSENT),
            "Allocated", Set.of(World.ABSENT));

    private final Api api;
    private final Journal journal;
    private final Ledger ledger;
    private final Findings findings;
    private final Map<String, JsonNode> operations = new HashMap<>();
    private final Map<String, JsonNode> actions = new HashMap<>();
    private final Map<String, List<JsonNode>> actionsOf = new HashMap<>();
    private Map<String, List<Call>> calls = Map.of();

    Verdict(Api api, Journal journal, Ledger ledger, Findings findings) {
        this.api = api;
        this.journal = journal;
        this.ledger = ledger;
        this.findings = findings;
    }

    void reach() throws IOException, InterruptedException {
        api.all("/api/v1/operations")
                .forEach(operation -> operations.put(operation.path("id").asText(), operation));
        var newestFirst = api.all("/api/v1/actions");
        Collections.reverse(newestFirst);
        for (var action : newestFirst) {
            actions.put(action.path("id").asText(), action);
            actionsOf
                    .computeIfAbsent(action.path("operation").asText(), key -> new ArrayList<>())
                    .add(action);
        }
        ledger.replay(this::mayHaveBeenKilled);
        checkPromises();
        checkActions();
        operations.values().forEach(this::checkOperation);
        checkVms();
    }

    /** Each 202 stands for one operation of its own, which has ended and still answers to its key. */
    private void checkPromises() throws InterruptedException {
        Set<String> promised = new HashSet<>();
        for (var promise : journal.promises()) {
            var id = promise.operation();
            var request = promise.request();
            findings.count("operations accepted: " + request.verb());
            if (!promised.add(id)) {
                findings.violation("Two requests were promised the same operation " + id);
            }
            if (!operations.containsKey(id)) {
                findings.violation("Operation " + id + " was accepted and is lost: " + request);
            }
            var again = api.ask(request.method(), request.path(), request.body(), request.key());
            if (again.status() != 202 || !again.text("id").equals(id)) {
                findings.violation("The key of operation " + id + " is answered with " + again);
            }
        }
        operations.keySet().stream()
                .filter(id -> !promised.contains(id))
                .forEach(id -> findings.violation("Nobody was promised " + operations.get(id)));
    }

    /** What is on record of each action is what its program did. */
    private void checkActions() {
        calls = ledger.callsByAction();
        calls.keySet().stream()
                .filter(id -> !actions.containsKey(id))
                .forEach(id -> findings.violation("Not on record: " + calls.get(id)));
        actions.forEach((id, action) -> {
            var state = action.path("state").asText();
            var code = action.path("error").path("code").asText();
            findings.count("actions: " + state + (code.isEmpty() ? "" : " " + code));
            var own = calls.getOrDefault(id, List.of());
            var exit = own.isEmpty() ? null : own.get(own.size() - 1).exit();
            if (state.equals("SUCCEEDED") && (exit == null || exit != 0)
                    || state.equals("REFUSED") && (exit == null || exit == 0)
                    || state.equals("FAILED") && exit != null && !journal.explains(action)) {
                findings.violation("Recorded as " + state + " " + code + ", but called as " + own + ": " + action);
            }
            if (code.equals("lost")) {
                findings.count(
                        journal.explains(action)
                                ? "lost actions whose program was killed"
                                : own.isEmpty()
                                        ? "lost actions that never began to run"
                                        : "lost actions that nobody killed");
            }
        });
    }

    private void checkOperation(JsonNode operation) {
        var id = operation.path("id").asText();
        var state = operation.path("state").asText();
        var verb = operation.path("verb").asText();
        findings.count("operations: " + verb + " " + state);
        if (journal.wasCancelled(id) && !state.equals("CANCELLED")
                || state.equals("CANCELLED") && !journal.wasCancelled(id)) {
            findings.violation("Cancelled by a client: " + journal.wasCancelled(id) + ", but " + operation);
        }
        var own = actionsOf.getOrDefault(id, List.of());
        if (state.equals("SUCCEEDED") && !own.isEmpty()) {
            checkEffects(operation, verb, own);
        } else if (state.equals("FAILED")) {
            findings.count("failed: " + verb + ": "
                    + operation.path("error").path("code").asText());
            if (own.stream().noneMatch(journal::explains)) {
                findings.violation("Failed although nobody killed a program of it: " + operation);
            }
        }
    }

    /** A success has reached its goal, and a reboot has happened once, apart from those whose program was killed. */
    private void checkEffects(JsonNode operation, String verb, List<JsonNode> own) {
        var last = own.get(own.size() - 1).path("id").asText();
        var reached = new HashSet<>(ledger.after(last));
        reached.retainAll(Call.goal(verb));
        if (reached.isEmpty()) {
            findings.violation("Its VM was " + ledger.after(last) + " at the end of " + operation);
        }
        long reboots = own.stream()
                .flatMap(action -> calls.getOrDefault(action.path("id").asText(), List.of()).stream())
                .filter(call -> call.verb().equals("reboot") && call.effects() > 0)
                .filter(call -> !mayHaveBeenKilled(call.action()))
                .count();
        if (verb.equals("reboot") && reboots > 1) {
            findings.violation("Rebooted " + reboots + " times: " + operation);
        }
    }

    private void checkVms() throws IOException, InterruptedException {
        for (var vm : api.all("/api/v1/vms")) {
            var id = vm.path("id").asText();
            var state = vm.path("state").asText();
            var world = ledger.world(id);
            findings.count("VMs at the end: " + state + " " + world);
            if (!ledger.worlds(id).contains(world)) {
                findings.violation("VM " + id + " is " + world + ", by the ledger " + ledger.worlds(id));
            }
            if (MEANING.containsKey(state) && !MEANING.get(state).contains(world)) {
                findings.violation("VM " + id + " is " + world + ", on record " + state + ": " + vm);
            }
        }
    }

    private boolean mayHaveBeenKilled(String action) {
        var record = actions.get(action);
        return record != null
                && (journal.explains(record)
                        || journal.wasCancelled(record.path("operation").asText()));
    }
}
