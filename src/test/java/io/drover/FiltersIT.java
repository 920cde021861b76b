package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Repeated values of a filter mean "or"; what a VM has left is found by its last name. */
@Tag("matrix")
class FiltersIT extends WholeApplication {

    private record Filter(String list, String name, List<String> values) {}

    @Test
    void severalValuesMeanOr() throws Exception {
        var filters = filters();
        for (var filter : filters) {
            var one = listed(filter.list(), filter.name(), filter.values().subList(0, 1));
            var other = listed(filter.list(), filter.name(), filter.values().subList(1, 2));
            var both = listed(filter.list(), filter.name(), filter.values());
            assertThat(one).as(filter.toString()).isNotEmpty();
            assertThat(other).as(filter.toString()).isNotEmpty().isNotEqualTo(one);
            assertThat(both).as(filter.toString()).containsAll(one).containsAll(other);
            assertThat(both.size()).as(filter.toString()).isLessThanOrEqualTo(one.size() + other.size());
        }
        assertThat(repeatable())
                .containsExactlyInAnyOrderElementsOf(filters.stream()
                        .map(filter -> filter.list() + " " + filter.name())
                        .toList());
    }

    /** Every filter of every list that can be given several times, with two values that match something. */
    private List<Filter> filters() throws Exception {
        var site = inventory.site();
        var elsewhere = inventory.site();
        var a = inventory.running(site);
        var b = inventory.running(elsewhere);
        var somebody = account("ResourceAdmin", "/");
        var theirs = DroverClient.basic(server, somebody, PASSWORD);
        admin.done(theirs.post("/api/v1/vms/" + b + "/stop"));
        inventory.ask("status", b);
        inventory.running(elsewhere);
        admin.done(inventory.deploy(site, Map.of("fault_create", "exit:3")));
        var first = started(a, "ticket-1");
        var second = started(a, "ticket-2");
        var names = List.of(name(a), name(b));
        var sites = List.of(site.name(), elsewhere.name());
        List<Filter> filters = new ArrayList<>(List.of(
                new Filter("hosts", "cluster", sites),
                new Filter("vms", "state", List.of("Running", "Stopped")),
                new Filter("vms", "powerState", List.of("PowerOn", "PowerUnknown")),
                new Filter("vms", "cluster", sites),
                new Filter("vms", "host", sites),
                new Filter("vms", "template", sites),
                new Filter("vms", "name", names),
                new Filter("operations", "vm", names),
                new Filter("operations", "verb", List.of("deploy", "stop")),
                new Filter("operations", "state", List.of("SUCCEEDED", "FAILED")),
                new Filter("operations", "requestedBy", List.of("admin", somebody)),
                new Filter("operations", "businessKey", List.of("ticket-1", "ticket-2")),
                new Filter("operations", "processInstance", List.of(first, second))));
        filters.addAll(List.of(
                new Filter("actions", "vm", names),
                new Filter("actions", "operation", List.of(operation(first), operation(second))),
                new Filter("actions", "verb", List.of("deploy", "stop")),
                new Filter("actions", "state", List.of("SUCCEEDED", "REFUSED")),
                new Filter("actions", "requestedBy", List.of("admin", somebody)),
                new Filter("tasks", "operation", asked(a, b, somebody)),
                new Filter("tasks", "vm", names),
                new Filter("tasks", "assignee", List.of("admin", somebody)),
                new Filter("tasks", "state", List.of("OPEN", "WITHDRAWN")),
                new Filter("history", "kind", List.of("operation.succeeded", "operation.failed")),
                new Filter("history", "subjectType", List.of("vm", "host")),
                new Filter("history", "subject", List.of(name(a), site.name())),
                new Filter("history", "vm", names),
                new Filter("history", "actor", List.of("admin", somebody))));
        return filters;
    }

    /** Operations with an open task in the hands of the admin and of somebody; one more has been withdrawn. */
    private List<String> asked(String a, String b, String somebody) throws Exception {
        var diagram = new TaskDiagram(admin);
        diagram.asks("", "");
        try {
            var gone = inventory.begin("status", a).expecting(202).path("id").asText();
            admin.post("/api/v1/operations/" + gone + "/cancel").expecting(200);
            var one = inventory.begin("status", a).expecting(202).path("id").asText();
            var other = inventory.begin("status", b).expecting(202).path("id").asText();
            admin.post("/api/v1/tasks/" + diagram.of(one).path("id").asText() + "/claim")
                    .expecting(200);
            var assignee = "/engine-rest/task/" + diagram.of(other).path("id").asText() + "/assignee";
            admin.post(assignee, Map.of("userId", somebody)).expecting(204);
            return List.of(one, other);
        } finally {
            diagram.restore();
        }
    }

    private Set<String> repeatable() {
        Set<String> found = new TreeSet<>();
        var paths = admin.get("/v3/api-docs").expecting(200).path("paths");
        paths.properties()
                .forEach(path -> path.getValue().path("get").path("parameters").forEach(parameter -> {
                    if (parameter.path("schema").path("type").asText().equals("array")) {
                        found.add(path.getKey().replace("/api/v1/", "") + " "
                                + parameter.path("name").asText());
                    }
                }));
        return found;
    }

    @Test
    void whatAVmHasLeftIsFoundByItsLastName() {
        var site = inventory.site();
        var gone = inventory.running(site);
        var name = name(gone);
        inventory.ask("delete", gone);

        assertThat(verbs("operations?vm=" + name)).containsExactly("delete", "deploy");
        assertThat(verbs("operations?vm=" + gone)).containsExactly("delete", "deploy");
        assertThat(verbs("actions?vm=" + name)).containsExactly("delete", "stop", "deploy", "prepare");
        assertThat(kinds("history?vm=" + name))
                .contains("vm.allocated", "action.succeeded", "operation.succeeded", "vm.expunged");
        assertThat(kinds("history?vm=" + name)).isEqualTo(kinds("history?vm=" + gone));

        var again = Map.of("name", name, "template", site.name(), "serviceOffering", "small", "cluster", site.name());
        var now = admin.done(admin.post("/api/v1/vms", again)).path("vm").asText();
        assertThat(verbs("operations?vm=" + name)).containsExactly("deploy", "delete", "deploy");
        assertThat(verbs("operations?vm=" + now)).containsExactly("deploy");
        assertThat(verbs("operations?vm=" + gone + "&vm=" + now)).containsExactly("deploy", "delete", "deploy");
        assertThat(kinds("history?kind=vm.allocated&vm=" + name)).hasSize(2);
        assertThat(admin.vm(name).path("id").asText()).isEqualTo(now);
    }

    @Test
    void whatIsAskedForByIdAndNameIsListedOnce() {
        var vm = inventory.running(inventory.site());

        var byId = listed("history", "subject", List.of(vm));

        assertThat(byId).isNotEmpty().containsAll(listed("history", "subject", List.of(vm, name(vm))));
        assertThat(items("history?limit=3&subject=" + name(vm) + "&subject=" + vm)
                        .findValuesAsText("seq"))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatNobodyKnowsIsNamed() {
        for (var list : List.of("operations", "actions", "history")) {
            var refusal =
                    admin.get("/api/v1/" + list + "?vm=nobody-1&vm=nobody-2").expecting(404);
            assertThat(refusal.path("detail").asText()).contains("'nobody-1', 'nobody-2'");
        }
    }

    @Test
    void aTenantFindsNothingOfOthersByTheirNames() {
        var vm = inventory.running(inventory.site());
        var name = name(vm);
        inventory.ask("delete", vm);
        for (var other : List.of(caller("User", "/x"), caller("DomainAdmin", "/x"))) {
            assertThat(other.get("/api/v1/operations?vm=" + name).status()).isEqualTo(404);
            assertThat(other.get("/api/v1/actions?vm=" + vm).status()).isEqualTo(404);
            assertThat(other.get("/api/v1/operations?verb=delete")
                            .expecting(200)
                            .path("items"))
                    .isEmpty();
        }
    }

    @Test
    void theBusinessKeyGivenInTheEngineIsKept() {
        var vm = inventory.running(inventory.site());

        var process = started(vm, "change-4711");

        var operation = admin.operation(operation(process));
        assertThat(operation.path("businessKey").asText()).isEqualTo("change-4711");
        assertThat(items("operations?businessKey=change-4711").findValuesAsText("processInstance"))
                .containsExactly(process);
        assertThat(items("operations?businessKey=change")).isEmpty();
        assertThat(admin.operation(items("operations?vm=" + vm + "&verb=deploy")
                                .path(0)
                                .path("id")
                                .asText())
                        .has("businessKey"))
                .isFalse();
    }

    /** Starts a look at a VM in the engine; the process instance, once that is over. */
    private String started(String vm, String key) {
        var body = Map.of("businessKey", key, "variables", Map.of("vm", Map.of("value", vm, "type", "String")));
        var process = admin.post("/engine-rest/process-definition/key/vm-status/start", body)
                .expecting(200);
        admin.awaitEnd(process.path("businessKey").asText());
        return process.path("id").asText();
    }

    private String operation(String process) {
        return items("operations?processInstance=" + process).path(0).path("id").asText();
    }

    private String name(String vm) {
        return admin.vm(vm).path("name").asText();
    }

    private Set<String> listed(String list, String filter, List<String> values) {
        var query = list + "?limit=1000&" + filter + "=" + String.join("&" + filter + "=", values);
        var key = list.equals("history") ? "seq" : "id";
        Set<String> ids = new LinkedHashSet<>();
        items(query)
                .forEach(item -> assertThat(ids.add(item.path(key).asText())).isTrue());
        return ids;
    }

    private List<String> verbs(String query) {
        return items(query).findValuesAsText("verb");
    }

    private List<String> kinds(String query) {
        return StreamSupport.stream(items(query).spliterator(), false)
                .map(item -> item.path("kind").asText())
                .toList();
    }

    private JsonNode items(String query) {
        return admin.get("/api/v1/" + query).expecting(200).path("items");
    }
}
