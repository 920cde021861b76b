package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.ApiDocument.Op;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each operation that documents a conflict can have one. */
@Tag("matrix")
class ApiConflictsIT extends WholeApplication {
    /** Those that conflict with what happens at the same moment only, or would do harm here; and who provokes it. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "updateAccount", "the last Admin: AccountsTests",
            "updateExtension", "details that somebody else changes: SameNameIT",
            "updateExtensionCluster", "details that somebody else changes: SameNameIT",
            "activateExtensionVersion", "details that somebody else changes: SameNameIT",
            "importExtension", "two at once of one name: VersionsTests",
            "uploadExtension", "a first version that is only staged: StagedVersionIT");

    private final Map<String, Tried> table = new LinkedHashMap<>();

    /** A request that conflicts, by the variables of its path in order; null for a body sends the document's example. */
    private record Tried(List<String> names, @Nullable Object body) {}

    @Test
    void everyConflictThatIsDocumentedCanCome() throws IOException {
        var operations = new ApiDocument(admin.get("/v3/api-docs").expecting(200)).operations();
        fill();
        List<String> faults = new ArrayList<>();

        var documented = new TreeSet<String>();
        for (var operation : operations) {
            if (operation.codes().contains(409) && !ELSEWHERE.containsKey(operation.id())) {
                documented.add(operation.id());
                faultsOf(operation).forEach(fault -> faults.add(operation + ": " + fault));
            }
        }

        assertThat(faults).isEmpty();
        assertThat(documented).isEqualTo(new TreeSet<>(table.keySet()));
    }

    private List<String> faultsOf(Op operation) {
        var tried = table.get(operation.id());
        if (tried == null) {
            return List.of("documents a conflict that is not in the table of this test");
        }
        Map<String, String> names = new LinkedHashMap<>();
        var variables = operation.parameters("path");
        for (int i = 0; i < variables.size(); i++) {
            names.put(variables.get(i), tried.names().get(i));
        }
        var path = operation.at(names);
        var answer = tried.body() == null
                ? admin.send(operation.method, path, operation.contentType(), operation.sent())
                : admin.json(operation.method, path, tried.body());
        var faults = new ArrayList<>(operation.faultsOf(answer));
        if (answer.status() != 409) {
            faults.add("answers " + answer.status() + ": " + answer.text());
        }
        return faults;
    }

    private void fill() throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        takenNames(vm);
        used(site.name());
        gone(inventory.running(site));
        extensions(site.name());
        tasks(inventory.running(site));
        var self = admin.get("/api/v1/nodes").expecting(200).path("items").path(0);
        table.put("declareNodeGone", new Tried(List.of(self.path("name").asText()), null));
    }

    private void takenNames(String vm) {
        var network = Map.of("name", "demo", "cidr", "10.77.0.0/16");
        var size = Map.of("name", "small", "cpus", 1, "cpuSpeedMhz", 1, "memoryMib", 1);
        var name = admin.vm(vm).path("name").asText();
        table.put("createAccount", made(Map.of("name", "admin", "role", "User", "password", PASSWORD)));
        table.put("createCluster", made(Map.of("name", "demo")));
        table.put("createHost", made(Map.of("name", "sim-1", "cluster", "demo")));
        table.put("createNetwork", made(network));
        table.put("createServiceOffering", made(size));
        table.put("createTemplate", made(Map.of("name", "tiny")));
        table.put("createExtension", made(Map.of("name", "Simulator")));
        table.put(
                "deployVm",
                made(Map.of(
                        "name", name, "template", "tiny", "serviceOffering", "small", "networks", List.of("demo"))));
        var other = unique("o");
        admin.post("/api/v1/service-offerings", with(size, other)).expecting(201);
        table.put("updateServiceOffering", new Tried(List.of(other), Map.of("name", "small")));
    }

    private static Map<String, Object> with(Map<String, ?> fields, String name) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put("name", name);
        return all;
    }

    private static Tried made(Object body) {
        return new Tried(List.of(), body);
    }

    private void used(String site) {
        var here = List.of(site);
        for (var kind : List.of("Cluster", "Host", "Network", "Template")) {
            table.put("delete" + kind, new Tried(here, null));
        }
        table.put("deleteServiceOffering", new Tried(List.of("small"), null));
        table.put("updateCluster", new Tried(here, Map.of("name", "demo")));
        table.put("updateHost", new Tried(here, Map.of("name", "sim-1")));
        table.put("updateNetwork", new Tried(here, Map.of("name", "demo")));
        table.put("updateTemplate", new Tried(here, Map.of("name", "tiny")));
        table.put("unmapExtension", new Tried(List.of("Simulator", site), null));
        table.put("mapExtension", new Tried(List.of("Simulator"), Map.of("cluster", site)));
    }

    /** What is asked of a VM that is expunged, and of an operation that has ended. */
    private void gone(String vm) {
        var operation = inventory.ask("delete", vm).path("id").asText();
        for (var verb :
                List.of("startVm", "stopVm", "rebootVm", "readVmStatus", "redeployVm", "deleteVm", "updateVm")) {
            table.put(verb, new Tried(List.of(vm), null));
        }
        table.put("runVmAction", new Tried(List.of(vm, "Inspect"), null));
        table.put("cancelOperation", new Tried(List.of(operation), null));
        table.put("retryOperation", new Tried(List.of(operation), null));
    }

    /** What is asked of a task that is answered. */
    private void tasks(String vm) throws IOException {
        var diagram = new TaskDiagram(admin);
        diagram.asks("", TaskDiagram.form(TaskDiagram.field("approved", "boolean", "")));
        try {
            var operation =
                    inventory.begin("status", vm).expecting(202).path("id").asText();
            admin.awaitWaiting(operation, "May it?");
            var task = diagram.of(operation).path("id").asText();
            admin.post("/api/v1/tasks/" + task + "/answer", Map.of("variables", Map.of("approved", true)))
                    .expecting(200);
            for (var ask : List.of("claimTask", "unclaimTask", "answerTask")) {
                table.put(ask, new Tried(List.of(task), ask.equals("answerTask") ? Map.of() : null));
            }
        } finally {
            diagram.restore();
        }
    }

    private void extensions(String site) throws IOException {
        var inspect = List.of("Simulator", "Inspect");
        table.put("createCustomAction", new Tried(List.of("Simulator"), Map.of("name", "Inspect")));
        table.put("deleteCustomAction", new Tried(inspect, null));
        table.put("updateCustomAction", new Tried(inspect, Map.of("description", site)));
        table.put("deleteExtension", new Tried(List.of("Simulator"), null));
        table.put("repairExtension", new Tried(List.of("Simulator"), null));
        var broken = inventory.extension("#!/bin/sh\n");
        Files.delete(inventory.entry(broken));
        admin.post("/api/v1/extensions/rescan").expecting(200);
        table.put("verifyExtension", new Tried(List.of(broken), Map.of("level", "protocol")));
        var name = unique("v");
        admin.send(
                        "POST",
                        "/api/v1/extensions/packages?verify=NONE",
                        "application/zip",
                        ApiPreparations.archive(name, "1"))
                .expecting(201);
        var version = admin.get("/api/v1/extensions/" + name + "/versions")
                .json()
                .path("items")
                .path(0);
        table.put(
                "deleteExtensionVersion",
                new Tried(List.of(name, version.path("digest").asText()), null));
        table.put(
                "beginExtensionCanary",
                new Tried(List.of(name, version.path("digest").asText(), site), null));
    }
}
