package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is taken is told without whose it is, and what could never be placed is refused before it is begun. */
@Tag("matrix")
class OtherTenantsIT extends WholeApplication {

    @Test
    void whatAnotherTenantHasIsTakenWithoutANameOrId() {
        var site = inventory.site();
        var owner = caller("User", "/tenant-one");
        var stranger = caller("User", "/tenant-two");
        var nic = Map.of("network", site.name(), "ip", "192.168.7.50", "mac", "52:54:00:12:34:" + hex());
        var wish = Inventory.vm(site, List.of(nic), Map.of());
        var vm = owner.done(owner.post("/api/v1/vms", wish)).path("vm").asText();

        var byName = stranger.post("/api/v1/vms", wish);
        Problems.check(byName, 409);
        var byAddress = stranger.post("/api/v1/vms", Inventory.vm(site, List.of(nic), Map.of()));
        Problems.check(byAddress, 400);
        for (var refusal : List.of(byName, byAddress)) {
            assertThat(refusal.text()).contains("taken by another VM").doesNotContain(vm);
        }
        assertThat(byAddress.text()).doesNotContain(String.valueOf(wish.get("name")));

        assertThat(owner.post("/api/v1/vms", wish).text()).contains(vm);
        assertThat(admin.post("/api/v1/vms", Inventory.vm(site, List.of(nic), Map.of()))
                        .text())
                .contains("taken by VM '" + wish.get("name") + "'");
    }

    @Test
    void anotherTenantsOperationsAndActionsAreNotThere() {
        var site = inventory.site();
        var owner = caller("User", "/tenant-one");
        var stranger = caller("User", "/tenant-two");
        var operation = owner.done(owner.post("/api/v1/vms", Inventory.vm(site, Map.of())));
        var action =
                owner.action(operation.path("id").asText(), "deploy").path("id").asText();
        var vm = operation.path("vm").asText();

        for (var path : List.of("operations/" + operation.path("id").asText(), "actions/" + action)) {
            var answer = stranger.get("/api/v1/" + path);
            assertThat(answer.expecting(404).path("type").asText())
                    .isIn("/problems/operation-not-found", "/problems/action-not-found");
            assertThat(answer.text()).doesNotContain(vm);
        }
        for (var verb : List.of("cancel", "retry")) {
            var path = "/api/v1/operations/" + operation.path("id").asText() + "/" + verb;
            var answer = stranger.post(path);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).doesNotContain(vm);
        }
    }

    @Test
    void whatNoHostCouldEverTakeIsRefusedAtOnce() throws Exception {
        var simulated = inventory.site();
        var extension = inventory.extension("#!/bin/sh\necho '{\"status\":\"success\"}'\n");
        var other = inventory.site(extension);
        var template = unique("t");
        admin.post("/api/v1/templates", Map.of("name", template, "extension", "Simulator"))
                .expecting(201);
        var lonely = unique("c");
        admin.post("/api/v1/clusters", Map.of("name", lonely)).expecting(201);

        Map<String, Map<String, String>> impossible = Map.of(
                "/cluster", Map.of("template", template, "cluster", other.name()),
                "/host", Map.of("template", template, "host", other.name()),
                "/cluster ", Map.of("template", other.name(), "cluster", lonely),
                "/host ", Map.of("template", template, "cluster", simulated.name(), "host", other.name()));
        impossible.forEach((pointer, wish) -> {
            var all = new java.util.HashMap<String, Object>(wish);
            all.putAll(Map.of("name", unique("vm"), "serviceOffering", "small", "networks", List.of(other.name())));

            var problem = Problems.check(admin.post("/api/v1/vms", all), 400);

            assertThat(problem.path("errors").path(0).path("pointer").asText())
                    .as(problem.toString())
                    .isEqualTo(pointer.strip());
            Problems.check(admin.get("/api/v1/vms/" + all.get("name")), 404);
        });
    }

    private static String hex() {
        return "%02x".formatted(new java.util.Random().nextInt(256));
    }
}
