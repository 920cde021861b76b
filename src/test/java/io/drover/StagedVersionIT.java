package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import io.drover.extension.Archives;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version is brought and tried out in one step, and made active in another. */
class StagedVersionIT extends WholeApplication {
    private final String name = unique("staged");

    @BeforeEach
    void runOne() throws IOException {
        upload("verify=NONE", Archives.extension(name, "1")).expecting(201);
    }

    @Test
    void isListedAsStagedUntilItIsActivated() throws IOException {
        var before = extension();

        var answer = upload("verify=NONE&activate=false", Archives.extension(name, "2"))
                .expecting(201);

        var digest = answer.path("staged").asText();
        assertThat(answer.path("version").asText()).isEqualTo("1");
        assertThat(answer.path("ready").asBoolean()).isTrue();
        assertThat(extension().path("digest")).isEqualTo(before.path("digest"));
        assertState(digest, true, false);

        var after = admin.post("/api/v1/extensions/" + name + "/versions/" + digest + "/activate")
                .expecting(200);

        assertThat(after.path("version").asText()).isEqualTo("2");
        assertThat(after.has("staged")).isFalse();
        assertState(digest, false, true);
    }

    @Test
    void isTriedOutBeforeItIsStaged() throws IOException {
        var files = Archives.extension(name, "2");
        files.put(name + ".sh", "#!/bin/sh\necho nonsense\nexit 0\n");

        var refusal = Problems.check(upload("verify=PROTOCOL&activate=false", files), 400);

        assertThat(refusal.path("type").asText()).endsWith("package-not-conformant");
        assertThat(versions()).hasSize(1);
    }

    @Test
    void needsAnExtension() throws IOException {
        var other = unique("new");

        var refusal = Problems.check(upload("verify=NONE&activate=false", Archives.extension(other, "1")), 409);

        assertThat(refusal.path("type").asText()).endsWith("nothing-to-stage-for");
        admin.get("/api/v1/extensions/" + other).expecting(404);
    }

    @Test
    void mayNameItsEntry() throws IOException {
        var files = Map.of("bin/run.sh", "#!/bin/sh\n", "readme", "");
        var other = unique("bare");

        var refusal = Problems.check(upload("verify=NONE&entry=run.sh&name=" + other, files), 400);
        var extension =
                upload("verify=NONE&entry=bin/run.sh&name=" + other, files).expecting(201);

        assertThat(refusal.path("errors").path(0).path("pointer").asText()).isEqualTo("?entry");
        assertThat(refusal.path("detail").asText()).contains("which has bin/run.sh, readme");
        assertThat(extension.path("path").asText()).isEqualTo("bin/run.sh");
        assertThat(extension.path("ready").asBoolean()).isTrue();
    }

    private Answer upload(String query, Map<String, String> files) throws IOException {
        return admin.send(
                "POST",
                "/api/v1/extensions/packages?" + query,
                "application/zip",
                Archives.zip(files).readAllBytes());
    }

    private JsonNode extension() {
        return admin.get("/api/v1/extensions/" + name).expecting(200);
    }

    private JsonNode versions() {
        return admin.get("/api/v1/extensions/" + name + "/versions")
                .expecting(200)
                .path("items");
    }

    private JsonNode version(String digest) {
        for (var version : versions()) {
            if (version.path("digest").asText().equals(digest)) {
                return version;
            }
        }
        throw new AssertionError("no version " + digest);
    }

    private void assertState(String digest, boolean staged, boolean active) {
        assertThat(version(digest).path("staged").asBoolean()).isEqualTo(staged);
        assertThat(version(digest).path("active").asBoolean()).isEqualTo(active);
    }
}
