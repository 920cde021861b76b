package io.drover.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** That everything comes to rest once nobody asks for anything more. */
final class Settlement {
    /** Within this time after the restart no VM is left between two states. */
    private static final Duration PROMISED = Duration.ofSeconds(60);

    /** Programs of several steps, each as slow as they come, may last so long. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final Set<String> RESTING = Set.of("Running", "Stopped", "Error", "Expunged", "Allocated");

    private final Api api;
    private final Journal journal;
    private final Findings findings;
    private final List<Node> nodes;

    Settlement(Api api, Journal journal, Findings findings, List<Node> nodes) {
        this.api = api;
        this.journal = journal;
        this.findings = findings;
        this.nodes = nodes;
    }

    /** Waits until every operation has ended, and lets an operator look after those that an incident holds up. */
    void await() throws IOException, InterruptedException {
        settle();
        var heldUp = unfinished();
        for (var operation : heldUp) {
            retry(operation);
        }
        if (!heldUp.isEmpty()) {
            settle();
            unfinished().forEach(left -> findings.violation("Not even a retry ends " + left));
        }
        checkVms();
        checkLeftovers();
    }

    /** Returns when nothing moves any more: each operation has ended or has an incident. */
    private void settle() throws IOException, InterruptedException {
        var begun = Instant.now();
        boolean looked = false;
        while (true) {
            var moving = moving();
            if (moving.isEmpty()) {
                return;
            }
            var waited = Duration.between(begun, Instant.now());
            if (!looked && waited.compareTo(PROMISED) > 0) {
                looked = true;
                checkPrograms(moving);
            }
            if (waited.compareTo(LONGEST) > 0) {
                moving.forEach(left -> findings.violation("Still unfinished after " + LONGEST + ": " + left));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** An operation that has not ended by now must at least have a program that runs. */
    private void checkPrograms(List<JsonNode> moving) throws InterruptedException {
        var alive = nodes.stream()
                .flatMap(node -> new Programs(node.home()).alive().values().stream())
                .collect(Collectors.toSet());
        for (var operation : moving) {
            var id = operation.path("id").asText();
            boolean runs = api.all("/api/v1/actions?operation=" + id).stream()
                    .anyMatch(action -> alive.contains(action.path("id").asText()));
            findings.count("operations that had not ended after 60 s");
            if (!runs) {
                findings.violation("After 60 s nothing moves in "
                        + api.get("/api/v1/operations/" + id).body());
            }
        }
    }

    private List<JsonNode> moving() throws InterruptedException {
        Set<String> heldUp = new HashSet<>();
        api.get("/engine-rest/incident")
                .body()
                .forEach(incident ->
                        heldUp.add(incident.path("processInstanceId").asText()));
        return unfinished().stream()
                .filter(operation ->
                        !heldUp.contains(operation.path("processInstance").asText()))
                .toList();
    }

    private List<JsonNode> unfinished() throws InterruptedException {
        List<JsonNode> unfinished = new ArrayList<>();
        for (var state : List.of("QUEUED", "RUNNING", "WAITING")) {
            unfinished.addAll(api.all("/api/v1/operations?state=" + state));
        }
        return unfinished;
    }

    private void retry(JsonNode operation) throws InterruptedException {
        var id = operation.path("id").asText();
        boolean explained = api.all("/api/v1/actions?operation=" + id).stream().anyMatch(journal::explains);
        findings.count((explained ? "incidents explained by a killed program: " : "incidents not explained: ")
                + operation.path("verb").asText());
        if (!explained) {
            findings.violation("An incident that nobody caused: " + operation);
        }
        var answer = api.ask("POST", "/api/v1/operations/" + id + "/retry", null, null);
        if (answer.status() != 200) {
            findings.violation("A retry of " + id + " is refused: " + answer.body());
        }
    }

    private void checkVms() throws InterruptedException {
        for (var vm : api.all("/api/v1/vms")) {
            if (!RESTING.contains(vm.path("state").asText())) {
                findings.violation("Nothing goes on, but VM " + vm.path("id").asText() + " is "
                        + vm.path("state").asText());
            }
        }
    }

    private void checkLeftovers() throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        for (var node : nodes) {
            var alive = new Programs(node.home()).alive();
            if (!alive.isEmpty()) {
                findings.violation("Nothing goes on, but processes of programs are left: " + alive);
            }
            try (var runs = Files.list(node.home().resolve("runs"))) {
                runs.forEach(run -> findings.violation("Nothing goes on, but there is " + run));
            }
        }
        // the engine's own jobs, of which one always waits for its next turn
        var cleaning = ids("/engine-rest/history/cleanup/jobs");
        for (var things : List.of("process-instance", "job", "incident")) {
            for (var left : api.get("/engine-rest/" + things).body()) {
                if (!cleaning.contains(left.path("id").asText())) {
                    findings.violation("Nothing goes on, but there is the " + things + " " + left);
                }
            }
        }
    }

    private Set<String> ids(String path) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        api.get(path).body().forEach(thing -> ids.add(thing.path("id").asText()));
        return ids;
    }
}
