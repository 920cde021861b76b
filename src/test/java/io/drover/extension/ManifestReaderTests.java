package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTests {
    private final ManifestReader reader = new ManifestReader();

    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(root.resolve("Simulator"));
    }

    @Test
    void readsEveryField() throws IOException {
        var file = read("""
                manifestVersion: 1
                name: Sim
                version: 1.0.0
                type: Orchestrator
                description: A hypervisor of the mind
                entry: bin/sim.sh
                prepare: true
                wireNames: {deploy: deploy}
                answers: cloudstack
                timeouts: {default: 300, deploy: 900}
                secretDetails: [url_key]
                details: {latency: "0"}
                """);
        var manifest = file.manifest();
        assertThat(manifest.name()).isEqualTo("Sim");
        assertThat(manifest.version()).isEqualTo("1.0.0");
        assertThat(manifest.description()).isEqualTo("A hypervisor of the mind");
        assertThat(manifest.entry()).isEqualTo("bin/sim.sh");
        assertThat(manifest.prepare()).isTrue();
        assertThat(manifest.wireName("deploy")).isEqualTo("deploy");
        assertThat(manifest.exactAnswers()).isTrue();
        assertThat(manifest.timeout("deploy")).contains(Duration.ofMinutes(15));
        assertThat(manifest.timeout("stop")).contains(Duration.ofMinutes(5));
        assertThat(manifest.secretDetails()).containsExactly("url_key");
        assertThat(file.details()).containsEntry("latency", "0");
    }

    @Test
    void fillsInDefaults() throws IOException {
        var file = read("manifestVersion: 1");
        var manifest = file.manifest();
        assertThat(manifest)
                .isEqualTo(ExtensionManifest.bare("Simulator", null, "Simulator.sh", false))
                .extracting(ExtensionManifest::version)
                .isEqualTo("0.0.0");
        assertThat(manifest.wireName("deploy")).isEqualTo("create");
        assertThat(manifest.wireName("delete")).isEqualTo("delete");
        assertThat(manifest.exactAnswers()).isFalse();
        assertThat(manifest.timeout("deploy")).isEmpty();
        assertThat(file.details()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    colour: red                    | /colour           | is not a field of a manifest
                    manifestVersion: 2             | /manifestVersion  | must be 1
                    manifestVersion: "1"           | /manifestVersion  | must be 1
                    name: a/b                      | /name             | letters, digits
                    name: 7                        | /name             | must be text
                    version: 1.10                  | /version          | in quotes
                    description:                   | /description      | must have 1 to
                    type: NetworkOrchestrator      | /type             | must be Orchestrator
                    entry: ../x.sh                 | /entry            | '..' segment
                    entry: /bin/sh                 | /entry            | relative
                    entry: a/b/c/x.sh              | /entry            | two sub-directories
                    prepare: maybe                 | /prepare          | true or false
                    wireNames: create              | /wireNames        | must be a mapping
                    wireNames: {stop: halt}        | /wireNames/stop   | only deploy can be named
                    wireNames: {deploy: build}     | /wireNames/deploy | create or deploy
                    answers: maybe                 | /answers          | drover or cloudstack
                    timeouts: 5                    | /timeouts         | must be a mapping
                    timeouts: {stop: 0}            | /timeouts/stop    | from 1 to 86400
                    timeouts: {stop: 86401}        | /timeouts/stop    | from 1 to 86400
                    timeouts: {stop: 1.5}          | /timeouts/stop    | whole seconds
                    timeouts: {halt: 5}            | /timeouts/halt    | is not a verb
                    secretDetails: url_key         | /secretDetails    | must be a list
                    secretDetails: [1]             | /secretDetails/0  | must be text
                    secretDetails: ["  "]          | /secretDetails/0  | detail name
                    details: [a]                   | /details          | must be a mapping
                    details: {latency: 0}          | /details/latency  | must be text
                    """)
    void refusesAWrongField(String line, String pointer, String message) throws IOException {
        var text = line.startsWith("manifestVersion") ? line : "manifestVersion: 1\n" + line;
        assertThat(refusal(text).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.message()).contains(message);
        });
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() throws IOException {
        var refusal = refusal("colour: red\nentry: ../x\nprepare: 1\ntimeouts: {stop: 0, halt: 1}\n");
        assertThat(refusal.violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/colour", "/entry", "/prepare", "/timeouts/stop", "/timeouts/halt", "/manifestVersion");
    }

    @Test
    void keepsValuesOfDetailsToItself() throws IOException {
        var refusal = refusal("manifestVersion: 1\ndetails: {password: [hunter2]}\n");
        assertThat(refusal.getMessage()).doesNotContain("hunter2");
        assertThat(refusal.violations().get(0).value()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'a: &x [1]\nb: *x'              | alias
                    'name: a\nname: b'              | not valid YAML
                    'name: [a'                      | not valid YAML
                    'manifestVersion: 1\n---\na: 1' | not valid YAML
                    'just text'                     | must be a mapping
                    ''                              | must be a mapping
                    '[[[[[[[[[[[[[[]]]]]]]]]]]]]]'  | not valid YAML
                    """)
    void refusesWhatIsNotPlainData(String text, String message) throws IOException {
        assertThat(refusal(text.replace("\\n", "\n"))).hasMessageContaining(message);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        assertThat(refusal("#" + "x".repeat(ManifestReader.LARGEST))).hasMessageContaining("larger than 256 KiB");
    }

    @Test
    void readsAFileOfTheLargestSize() throws IOException {
        var head = "manifestVersion: 1\n#";
        read(head + "x".repeat(ManifestReader.LARGEST - head.length()));
    }

    @Test
    void refusesAManifestThatIsALinkOutOfTheFolder() throws IOException {
        var outside = Files.writeString(root.resolve("outside.yaml"), "manifestVersion: 1");
        Files.createSymbolicLink(folder.resolve("extension.yaml"), outside);
        assertThat(catchThrowableOfType(ProblemException.class, () -> reader.read(folder)))
                .hasMessageContaining("symbolic link");
    }

    private ManifestFile read(String text) throws IOException {
        Files.writeString(folder.resolve("extension.yaml"), text);
        return reader.read(folder);
    }

    private ProblemException refusal(String text) throws IOException {
        Files.writeString(folder.resolve("extension.yaml"), text);
        return catchThrowableOfType(ProblemException.class, () -> reader.read(folder));
    }
}
