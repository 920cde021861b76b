package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import io.drover.Inventory.Site;
import io.drover.extension.Archives;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version is tried out on one host while the others go on with the active one. */
class CanaryIT extends WholeApplication {
    private final String name = unique("canary");
    private Site site;
    private String other;
    private String old;
    private String fresh;

    @BeforeEach
    void stage() throws IOException {
        old = upload("verify=NONE", "1").path("digest").asText();
        fresh = upload("verify=NONE&activate=false", "2").path("staged").asText();
        site = inventory.site(name);
        other = unique("h");
        admin.post("/api/v1/hosts", Map.of("name", other, "cluster", site.name()))
                .expecting(201);
    }

    @Test
    void onlyTheVmsOfTheHostAreRunWithIt() {
        var tried = running(site.name());
        var left = running(other);

        assertThat(begin(fresh, site.name()).expecting(200).path("canaries").toString())
                .isEqualTo("[\"" + site.name() + "\"]");

        assertThat(digestOf("status", tried)).isEqualTo(fresh);
        assertThat(digestOf("status", left)).isEqualTo(old);
        assertThat(digestOf("deploy", running(site.name()))).as("a creation").isEqualTo(fresh);
        assertThat(extension().path("version").asText()).isEqualTo("1");
        assertThat(canaries(fresh)).containsExactly(site.name());
        assertThat(canaries(old)).isEmpty();

        admin.delete(path(fresh, site.name())).expecting(204);

        assertThat(digestOf("status", tried)).isEqualTo(old);
        assertThat(canaries(fresh)).isEmpty();
        Problems.check(admin.delete(path(fresh, site.name())), 404);
        assertThat(kinds()).contains("extension.canary-begun", "extension.canary-ended");
    }

    @Test
    void activatingEndsIt() {
        var tried = running(site.name());
        begin(fresh, site.name()).expecting(200);
        begin(fresh, other).expecting(200);
        type(Problems.check(admin.delete("/api/v1/extensions/" + name + "/versions/" + fresh), 409), "version-in-use");

        admin.post("/api/v1/extensions/" + name + "/versions/" + fresh + "/activate")
                .expecting(200);

        assertThat(canaries(fresh)).isEmpty();
        assertThat(digestOf("status", tried)).isEqualTo(fresh);
        begin(old, other).expecting(200);
        assertThat(digestOf("status", tried)).isEqualTo(fresh);
        assertThat(digestOf("status", running(other))).isEqualTo(old);
    }

    @Test
    void aHostThatGoesTakesItAlong() {
        begin(fresh, other).expecting(200);

        admin.delete("/api/v1/hosts/" + other).expecting(204);

        assertThat(canaries(fresh)).isEmpty();
        admin.delete("/api/v1/extensions/" + name + "/versions/" + fresh).expecting(204);
    }

    @Test
    void whatCannotBeTriedOutIsRefused() {
        type(Problems.check(begin(old, other), 409), "version-active");
        type(Problems.check(begin(fresh, inventory.site().name()), 409), "cluster-not-mapped");
        type(Problems.check(begin(fresh, unique("none")), 404), "host-not-found");
        type(Problems.check(begin("0123456789", other), 404), "version-not-found");
        type(Problems.check(admin.delete(path(fresh, other)), 404), "canary-not-found");
        for (var role : List.of("ResourceAdmin", "User")) {
            Problems.check(caller(role, "/").send("PUT", path(fresh, other), null, new byte[0]), 403);
        }
        assertThat(canaries(fresh)).isEmpty();
    }

    private String running(String host) {
        var body = new java.util.LinkedHashMap<>(Inventory.vm(site, Map.of()));
        body.remove("cluster");
        body.put("host", host);
        var operation = admin.done(admin.post("/api/v1/vms", body));
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation.path("vm").asText();
    }

    private String digestOf(String verb, String vm) {
        if (verb.equals("status")) {
            inventory.ask(verb, vm);
        }
        return admin.get("/api/v1/actions?vm=" + vm + "&verb=" + verb)
                .expecting(200)
                .at("/items/0/digest")
                .asText();
    }

    private Answer begin(String digest, String host) {
        return admin.send("PUT", path(digest, host), null, new byte[0]);
    }

    private String path(String digest, String host) {
        return "/api/v1/extensions/" + name + "/versions/" + digest + "/canaries/" + host;
    }

    private JsonNode extension() {
        return admin.get("/api/v1/extensions/" + name).expecting(200);
    }

    private List<String> canaries(String digest) {
        for (var version : admin.get("/api/v1/extensions/" + name + "/versions")
                .expecting(200)
                .path("items")) {
            if (version.path("digest").asText().equals(digest)) {
                return java.util.stream.StreamSupport.stream(
                                version.path("canaries").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
            }
        }
        throw new AssertionError("no version " + digest);
    }

    private List<String> kinds() {
        return admin.get("/api/v1/history?subject=" + name)
                .expecting(200)
                .path("items")
                .findValuesAsText("kind");
    }

    private JsonNode upload(String query, String version) throws IOException {
        var archive = Archives.zip(Archives.extension(name, version)).readAllBytes();
        return admin.send("POST", "/api/v1/extensions/packages?" + query, "application/zip", archive)
                .expecting(201);
    }

    private static void type(JsonNode problem, String slug) {
        assertThat(problem.path("type").asText()).isEqualTo("/problems/" + slug);
    }
}
