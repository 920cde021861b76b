package io.drover.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.crash.Journal.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One VM after another, and what one client asks of them; at most one operation at a time is known to be under way. */
final class Slot {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
    private static final Set<String> TRANSITIONAL = Set.of("Starting", "Stopping", "Rebooting", "Expunging");

    /** What is asked of a VM in a state, each as often as it stands there. */
    private static final Map<String, List<String>> VERBS = Map.of(
            "Running", List.of("status", "status", "stop", "stop", "stop", "reboot", "reboot", "delete", "delete"),
            "Stopped", List.of("start", "start", "start", "status", "delete"),
            "Error", List.of("delete", "delete", "status"),
            "Allocated", List.of("delete"));

    private final Api api;
    private final Journal journal;
    private final Findings findings;
    private final Random random;
    private @Nullable String vm;
    private @Nullable String operation;

    Slot(Api api, Journal journal, Findings findings, Random random) {
        this.api = api;
        this.journal = journal;
        this.findings = findings;
        this.random = random;
    }

    /** Looks how far the operation is, or asks for the next one. */
    void step() throws InterruptedException {
        if (operation != null) {
            var now = api.get("/api/v1/operations/" + operation);
            if (!ENDED.contains(now.text("state"))) {
                meddle();
                return;
            }
            findings.count("ended as seen by clients: " + now.text("verb") + " " + now.text("state"));
        }
        if (vm == null) {
            operation = begin(new Request("deploy", "POST", "/api/v1/vms", newVm(), key()));
        } else {
            next(api.get("/api/v1/vms/" + vm).body());
        }
    }

    private void next(JsonNode now) throws InterruptedException {
        var state = now.path("state").asText();
        if (TRANSITIONAL.contains(state)) {
            findings.violation("VM " + vm + " is " + state + " although its operation " + operation + " has ended");
        }
        var verbs = VERBS.getOrDefault(state, List.of());
        if (verbs.isEmpty()) {
            vm = null;
            operation = null;
        } else {
            operation = begin(request(verbs.get(random.nextInt(verbs.size()))));
        }
    }

    /** Now and then a client changes its mind, or asks for too much. */
    private void meddle() throws InterruptedException {
        if (random.nextInt(100) < 2) {
            var answer = api.ask("POST", "/api/v1/operations/" + operation + "/cancel", null, null);
            if (answer.status() == 200) {
                journal.cancelAccepted(operation);
                findings.count("cancels accepted");
            }
        } else if (random.nextInt(100) < 2) {
            var request = request("status");
            var answer = api.ask(request.method(), request.path(), null, request.key());
            if (answer.status() == 202) { // the operation has just ended
                journal.accepted(request, answer.text("id"));
                operation = answer.text("id");
            }
        }
    }

    /** The id of the operation that is begun; null when it was refused. */
    private @Nullable String begin(Request request) throws InterruptedException {
        var answer = api.ask(request.method(), request.path(), request.body(), request.key());
        findings.count("answers to " + request.verb() + ": " + answer.status());
        if (isOfAVmThatWasNeverMade(request, answer)) {
            return begin(request("delete"));
        }
        if (answer.status() != 202) {
            findings.violation(request + " is refused at try " + answer.tries() + ": " + answer.body());
            return null;
        }
        if (answer.tries() > 1) {
            findings.count("requests repeated with the same key and accepted");
        }
        journal.accepted(request, answer.text("id"));
        vm = answer.text("vm");
        return answer.text("id");
    }

    /** Its deployment was cancelled, or failed, before anything was created; there is nothing to ask the status of. */
    private static boolean isOfAVmThatWasNeverMade(Request request, Api.Answer answer) {
        return request.verb().equals("status") && "/problems/vm-not-deployed".equals(answer.text("type"));
    }

    private Request request(String verb) {
        return verb.equals("delete")
                ? new Request(verb, "DELETE", "/api/v1/vms/" + vm, null, key())
                : new Request(verb, "POST", "/api/v1/vms/" + vm + "/" + verb, null, key());
    }

    private String key() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Map<String, ?> newVm() {
        Map<String, String> details = new HashMap<>();
        for (var verb : List.of("prepare", "create", "start", "stop", "reboot", "delete", "status")) {
            details.put("latency_" + verb, latency());
        }
        return Map.of(
                "name",
                "vm-" + key().substring(0, 13),
                "template",
                "tiny",
                "serviceOffering",
                "small",
                "networks",
                List.of("demo"),
                "details",
                details);
    }

    /** Seconds: mostly short, some so long that a restart lies in between. */
    private String latency() {
        int draw = random.nextInt(10);
        return draw < 3 ? "0" : draw < 9 ? "%.2f".formatted(random.nextDouble() * 3) : "15";
    }
}
