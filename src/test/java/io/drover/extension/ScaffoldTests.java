package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.manifest.ManifestReader;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaffoldTests {
    private static final String VM = "ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc";

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path root;

    private Path folder;
    private Path payload;

    private record Run(int exitCode, JsonNode answer) {}

    @BeforeEach
    void scaffold() throws IOException {
        folder = root.resolve("my ext");
        Scaffold.write(folder, new Scaffold.Wanted("demo", "Says \"hi\": #1", Scaffold.Language.BASH, true));
        payload = Files.writeString(
                root.resolve("payload.json"),
                "{\"virtualmachineid\":\"" + VM + "\",\"virtualmachinename\":\"i-2-20-VM\",\"x\":\"\\\"a\"}");
    }

    @Test
    void writesAManifestThatReadsBack() {
        var manifest = new ManifestReader().read(folder).manifest();
        assertThat(manifest.name()).isEqualTo("demo");
        assertThat(manifest.description()).isEqualTo("Says \"hi\": #1");
        assertThat(manifest.entry()).isEqualTo("demo.sh");
        assertThat(manifest.prepare()).isTrue();
    }

    @Test
    void writesTheScriptExecutableAndNothingElse() throws IOException {
        assertThat(mode("demo.sh")).isEqualTo("rwxr-xr-x");
        assertThat(mode("extension.yaml")).isEqualTo("rw-r--r--");
        assertThat(mode("README.md")).isEqualTo("rw-r--r--");
        assertThat(folder.resolve("README.md")).content().contains("# demo").doesNotContain("@");
    }

    /** The window between a look at the folder and its rename is small: many rounds. */
    @Test
    void ofThoseWhoWriteOneFolderAtOnceOneDoesAndTheOthersAreRefused() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 300; round++) {
                var wanted = root.resolve("round-" + round);
                Callable<Boolean> write = () -> writes(wanted);
                var written = threads.invokeAll(Collections.nCopies(4, write));

                var winners = 0;
                for (var one : written) {
                    winners += one.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean writes(Path folder) {
        try {
            Scaffold.write(folder, new Scaffold.Wanted("demo", null, Scaffold.Language.BASH, true));
            return true;
        } catch (ProblemException e) {
            assertThat(e).hasMessageContaining("is not empty");
            return false;
        }
    }

    @Test
    void drivesAVmThroughItsLife() throws Exception {
        assertThat(run("prepare")).isEqualTo(new Run(0, json.readTree("{}")));
        assertThat(power()).isEqualTo("unknown");
        assertSuccess("create");
        assertThat(power()).isEqualTo("poweron");
        assertThat(run("statuses").answer().at("/power_state/i-2-20-VM").textValue())
                .isEqualTo("poweron");
        assertSuccess("stop");
        assertThat(power()).isEqualTo("poweroff");
        assertSuccess("start");
        assertSuccess("reboot");
        assertThat(power()).isEqualTo("poweron");
        assertSuccess("delete");
        assertThat(power()).isEqualTo("unknown");
        assertThat(run("statuses").answer().get("power_state")).isEmpty();
    }

    @Test
    void stopsAndDeletesAVmThatIsNotThere() throws Exception {
        assertSuccess("stop");
        assertSuccess("delete");
        assertThat(power()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "reboot", "getconsole", "deploy", "Create Snapshot", "say \"hi\" \\", ""})
    void failsWithAnErrorInJson(String verb) throws Exception {
        var run = run(verb);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.answer().get("status").textValue()).isEqualTo("error");
        assertThat(run.answer().get("error").textValue()).isNotBlank();
    }

    @Test
    void namesTheUnknownVerb() throws Exception {
        assertThat(run("say \"hi\" \\").answer().get("error").textValue()).startsWith("Unknown verb 'say \"hi\" \\'");
    }

    @Test
    void readsAPayloadOfManyLines() throws Exception {
        Files.writeString(payload, json.readTree(payload.toFile()).toPrettyString());
        assertSuccess("create");
        assertThat(power()).isEqualTo("poweron");
    }

    @Test
    void failsWithoutAVmInThePayload() throws Exception {
        Files.writeString(payload, "{\"virtualmachineid\":\"../../x\"}");
        assertThat(run("create").exitCode()).isEqualTo(1);
        Files.delete(payload);
        assertThat(run("create").exitCode()).isEqualTo(1);
    }

    @Test
    void failsWithOtherArgumentsThanThree() throws Exception {
        assertThat(run(List.of("create", payload.toString())).exitCode()).isEqualTo(1);
        assertThat(run(List.of("create", payload.toString(), "soon")).exitCode())
                .isEqualTo(1);
    }

    private void assertSuccess(String verb) throws Exception {
        var run = run(verb);
        assertThat(run.answer().get("status").textValue()).as(verb).isEqualTo("success");
        assertThat(run.exitCode()).as(verb).isZero();
    }

    private String power() throws Exception {
        var run = run("status");
        assertThat(run.exitCode()).isZero();
        assertThat(run.answer().get("status").textValue()).isEqualTo("success");
        return run.answer().get("power_state").textValue();
    }

    private Run run(String verb) throws Exception {
        return run(List.of(verb, payload.toString(), "60"));
    }

    private Run run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("demo.sh").toString()));
        command.addAll(arguments);
        var out = root.resolve("out");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        builder.environment().put("XDG_STATE_HOME", root.resolve("state").toString());
        var process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), json.readTree(out.toFile()));
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }
}
