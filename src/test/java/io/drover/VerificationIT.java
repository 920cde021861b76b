package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The conformance kit by REST. */
@Tag("matrix")
class VerificationIT extends WholeApplication {

    @Test
    void verifiesAnExtensionFromTheScaffold() {
        var name = unique("python");
        admin.post("/api/v1/extensions", Map.of("name", name, "language", "python"))
                .expecting(201);
        var state = HOME.resolve("state-" + name).toString();
        var request = Map.of("level", "full", "details", Map.of("extension", Map.of("state_directory", state)));
        var ended = verify(name, request);
        assertThat(ended.path("report").path("checks")).hasSizeGreaterThan(40);
        assertThat(ended.path("state").asText()).as(ended.toPrettyString()).isEqualTo("PASSED");
        assertThat(admin.get("/api/v1/extensions/" + name + "/verifications")
                        .expecting(200)
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void saysWhatFailsWithoutKeepingPayloads() throws Exception {
        var name = unique("broken");
        admin.post("/api/v1/extensions", Map.of("name", name)).expecting(201);
        var script = EXTENSIONS.resolve(name).resolve(name + ".sh");
        Files.writeString(script, Files.readString(script).replace("fail \"Unknown verb", "succeed \"Unknown verb"));
        var ended = verify(name, Map.of());
        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("level").asText()).isEqualTo("protocol");
        assertThat(ended.at("/report/reports").isTextual()).isFalse();
        assertThat(ended.at("/report/checks").toString()).contains("input.unknown-verb");
    }

    @Test
    void refusesWhatItCannotDo() {
        admin.post("/api/v1/extensions/nobody/verify", Map.of()).expecting(404);
        admin.post("/api/v1/extensions/Simulator/verify", Map.of("level", "half"))
                .expecting(400);
        admin.get("/api/v1/extensions/Simulator/verifications/nothing").expecting(404);
        caller("ResourceAdmin", "/")
                .post("/api/v1/extensions/Simulator/verify", Map.of())
                .expecting(403);
    }

    @Test
    void servesTheSchemas() {
        var schema = admin.get("/schemas/extension-manifest-1.json").expecting(200);
        assertThat(schema.path("$schema").asText()).contains("2020-12");
    }

    private JsonNode verify(String extension, Map<String, ?> request) {
        var begun = admin.post("/api/v1/extensions/" + extension + "/verify", request)
                .expecting(202);
        var place = "/api/v1/extensions/" + extension + "/verifications/"
                + begun.path("id").asText();
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> admin.get(place).expecting(200),
                        it -> !it.path("state").asText().equals("RUNNING"));
    }
}
