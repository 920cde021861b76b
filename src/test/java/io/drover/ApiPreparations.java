package io.drover;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.Archives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The table of what must be there before an operation of the document can be asked with its example. An operation that is
 * not in it is asked as the document says. The order counts: first {@link #FIRST}, then what is not here, then the table.
 */
final class ApiPreparations {
    /** What others build on. */
    static final List<String> FIRST =
            List.of("createAccount", "createCluster", "createHost", "mapExtension", "deployVm", "createCustomAction");

    /** What is not asked here, and who asks it. */
    static final Map<String, String> ELSEWHERE = Map.of("declareNodeGone", "SilentNodeIT");

    private final DroverClient admin;
    private final Inventory inventory;
    private final Map<String, Callable<Wanted>> table = new LinkedHashMap<>();
    private final TaskDiagram tasks;

    ApiPreparations(DroverClient admin, Inventory inventory) {
        this.admin = admin;
        this.inventory = inventory;
        this.tasks = new TaskDiagram(admin);
        vms();
        tasks();
        inventory();
        extensions();
    }

    /**
     * What is sent instead of what the document says.
     *
     * @param names of the variables of the path
     * @param query with its question mark, or nothing
     * @param body in place of the example, for what an example cannot know; null for the example
     */
    record Wanted(Map<String, String> names, String query, byte @Nullable [] body) {
        static Wanted of(String... names) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i += 2) {
                map.put(names[i], names[i + 1]);
            }
            return new Wanted(map, "", null);
        }
    }

    List<String> order() {
        return List.copyOf(table.keySet());
    }

    Wanted of(ApiDocument.Op operation) {
        try {
            var prepared = table.getOrDefault(operation.id(), Wanted::of).call();
            var names = operation.names();
            names.putAll(prepared.names());
            return new Wanted(names, prepared.query(), prepared.body());
        } catch (Exception e) {
            throw new IllegalStateException(operation.toString(), e);
        }
    }

    private void vms() {
        table.put("getOperation", () -> Wanted.of("id", newest("operations")));
        table.put("getAction", () -> Wanted.of("id", newest("actions")));
        table.put("stopVm", Wanted::of);
        table.put("startVm", Wanted::of);
        table.put("redeployVm", () -> {
            var site = inventory.site();
            var failed = admin.done(inventory.deploy(site, Map.of("fault_create", "error")));
            var vm = failed.path("vm").asText();
            inventory.removeDetail(vm, "fault_create");
            return Wanted.of("vm", vm);
        });
        table.put("cancelOperation", () -> Wanted.of("id", stop("latency_stop", "60")));
        table.put("retryOperation", () -> {
            var stop = stop("fault_stop", "die-before");
            admin.awaitWaiting(stop, "Attempt 2 of 2");
            return Wanted.of("id", stop);
        });
        table.put("fetchOperationSecrets", () -> Wanted.of("id", answeringASecret()));
        table.put("deleteVm", Wanted::of);
    }

    /** An operation whose custom action has. */
    private String answeringASecret() throws IOException {
        var program = "#!/bin/sh\necho '{\"status\":\"success\",\"password\":\"fresh-83\"}'\n";
        var extension = inventory.extension(program, "customActions: [{name: Reset, secretFields: [password]}]");
        var vm = inventory.running(inventory.site(extension));
        return id(admin.done(admin.post("/api/v1/vms/" + vm + "/actions/Reset", "{}")));
    }

    private void tasks() {
        table.put("getTask", () -> Wanted.of("id", task()));
        table.put("claimTask", () -> Wanted.of("id", task()));
        table.put("unclaimTask", () -> Wanted.of("id", task()));
        table.put("answerTask", () -> Wanted.of("id", task()));
    }

    /** An open one, claimed by whoever asks. */
    private String task() throws IOException {
        tasks.asks("", TaskDiagram.form(TaskDiagram.field("approved", "boolean", "")));
        try {
            var vm = inventory.running(inventory.site());
            var operation =
                    inventory.begin("status", vm).expecting(202).path("id").asText();
            admin.awaitWaiting(operation, "May it?");
            var task = tasks.of(operation).path("id").asText();
            admin.post("/api/v1/tasks/" + task + "/claim").expecting(200);
            return task;
        } finally {
            tasks.restore();
        }
    }

    private String stop(String detail, String value) {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, detail, value);
        return inventory.begin("stop", vm).expecting(202).path("id").asText();
    }

    private void inventory() {
        for (var kind : List.of("Cluster", "Network", "Template")) {
            table.put(
                    "delete" + kind, () -> Wanted.of("reference", made(kind.toLowerCase(Locale.ROOT) + "s", Map.of())));
        }
        table.put("deleteHost", () -> Wanted.of("reference", made("hosts", Map.of("cluster", "lab"))));
        var size = Map.<String, Object>of("cpus", 1, "cpuSpeedMhz", 1, "memoryMib", 1);
        table.put("deleteServiceOffering", () -> Wanted.of("reference", made("service-offerings", size)));
        table.put("deleteApiKey", () -> Wanted.of("id", item(admin.post("/api/v1/api-keys", Map.of("label", "x")))));
    }

    private void extensions() {
        table.put("disableExtension", () -> Wanted.of("ref", made("extensions", Map.of())));
        table.put("deleteExtension", () -> Wanted.of("ref", made("extensions", Map.of())));
        table.put("deleteCustomAction", () -> Wanted.of("action", "Defragment"));
        table.put("unmapExtension", () -> Wanted.of("cluster", "lab"));
        table.put("getVerification", () -> Wanted.of("id", newest("extensions/Simulator/verifications")));
        table.put("importExtension", () -> {
            var folder = inventory.entry(inventory.extension("#!/bin/sh\n")).getParent();
            return new Wanted(
                    Map.of(),
                    "",
                    "{\"path\":\"%s\",\"verify\":\"NONE\"}".formatted(folder).getBytes(StandardCharsets.UTF_8));
        });
        table.put("uploadExtension", () -> new Wanted(Map.of(), "?verify=NONE", archive("acme-api", "1")));
        table.put("repairExtension", () -> Wanted.of("ref", uploaded()));
        table.put("activateExtensionVersion", this::olderVersion);
        table.put("deleteExtensionVersion", this::olderVersion);
        table.put("beginExtensionCanary", this::onOneHost);
        table.put("endExtensionCanary", () -> {
            var wanted = onOneHost();
            var names = wanted.names();
            admin.send(
                            "PUT",
                            "/api/v1/extensions/" + names.get("ref") + "/versions/" + names.get("digest") + "/canaries/"
                                    + names.get("host"),
                            null,
                            new byte[0])
                    .expecting(200);
            return wanted;
        });
    }

    private Wanted onOneHost() {
        var wanted = olderVersion();
        var host = inventory.site(wanted.names().get("ref")).name();
        return Wanted.of(
                "ref", wanted.names().get("ref"), "digest", wanted.names().get("digest"), "host", host);
    }

    private Wanted olderVersion() {
        var name = uploaded();
        var versions = admin.get("/api/v1/extensions/" + name + "/versions").expecting(200);
        for (var version : versions.path("items")) {
            if (!version.path("active").asBoolean()) {
                return Wanted.of("ref", name, "digest", version.path("digest").asText());
            }
        }
        throw new AssertionError(versions.toString());
    }

    /** An extension with two versions. */
    private String uploaded() {
        var name = WholeApplication.unique("up");
        for (var version : List.of("1", "2")) {
            admin.send("POST", "/api/v1/extensions/packages?verify=NONE", "application/zip", archive(name, version))
                    .expecting(201);
        }
        return name;
    }

    static byte[] archive(String name, String version) {
        try {
            return Archives.zip(Archives.extension(name, version)).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String made(String kind, Map<String, Object> fields) {
        var name = WholeApplication.unique("n");
        var body = new LinkedHashMap<>(fields);
        body.put("name", name);
        admin.post("/api/v1/" + kind, body).expecting(201);
        return name;
    }

    private String newest(String list) {
        return id(admin.get("/api/v1/" + list).expecting(200).path("items").path(0));
    }

    private static String item(DroverClient.Answer made) {
        return id(made.expecting(201));
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asText();
    }
}
