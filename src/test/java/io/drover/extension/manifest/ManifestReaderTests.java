package io.drover.extension.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.access.RoleType;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
    void readsWhatAnExtensionNeedsAndCanDo() throws IOException {
        var file = read("""
                manifestVersion: 1
                prepare: true
                verbs: [prepare, deploy, start, stop, reboot, status, statuses, delete]
                timeouts: {deploy: 900}
                maxTimeouts: {default: 60, deploy: 1200}
                unrepeatable: [reboot]
                reservedDetails: [sim_id]
                plainDetails: [SSH.PublicKey]
                configuration:
                  extension:
                    url: {type: url, required: true, description: Where the API is}
                  host:
                    url: {type: url, required: true}
                    pin: {type: integer, secret: true}
                    storage: {default: local, options: [local, ceph]}
                requires:
                  - {command: qemu-img, install: apt-get install qemu-utils}
                  - {python: winrm}
                customActions:
                  - name: Take Snapshot
                    allowedRoleTypes: [User]
                    parameters: [{name: n, type: NUMBER, validationFormat: DECIMAL, required: true}]
                    timeout: 90
                    repeatable: true
                    details: {depth: "1"}
                conformance: {details: {host: {url: "http://localhost"}}}
                """);
        var manifest = file.manifest();
        assertThat(manifest.supports("statuses")).isTrue();
        assertThat(manifest.supports("getconsole")).isFalse();
        assertThat(manifest.timeout("deploy", null, Duration.ofMinutes(30))).hasMinutes(15);
        assertThat(manifest.timeout("deploy", Duration.ofHours(1), Duration.ofMinutes(30)))
                .hasMinutes(20);
        assertThat(manifest.timeout("stop", null, Duration.ofMinutes(30))).hasMinutes(1);
        assertThat(manifest.repeats("reboot")).isFalse();
        assertThat(manifest.repeats("stop")).isTrue();
        assertThat(manifest.repeats("Take Snapshot")).isTrue();
        assertThat(manifest.reservedDetails()).containsExactly("sim_id");
        assertThat(manifest.plainDetails()).containsExactly("SSH.PublicKey");
        assertThat(manifest.secretDetails()).containsExactly("pin");
        assertThat(manifest.requirements())
                .containsExactly(
                        new Requirement(Requirement.Kind.COMMAND, "qemu-img", "apt-get install qemu-utils"),
                        new Requirement(Requirement.Kind.PYTHON, "winrm", null));
        var storage = manifest.configuration().at(Level.HOST).get("storage");
        assertThat(storage.defaultValue()).isEqualTo("local");
        assertThat(storage.problem("nfs")).contains("must be one of local, ceph");
        assertThat(file.conformance()).containsEntry(Level.HOST, Map.of("url", "http://localhost"));
        assertThat(file.customActions()).singleElement().satisfies(action -> {
            assertThat(action.name()).isEqualTo("Take Snapshot");
            assertThat(action.allowedRoleTypes()).containsExactlyInAnyOrder(RoleType.ADMIN, RoleType.USER);
            assertThat(action.timeoutSeconds()).isEqualTo(90);
            assertThat(action.details()).containsEntry("depth", "1");
        });
    }

    @Test
    void knowsWhichRequiredDetailsHaveNoValueAtAnyLevelThatKnowsThem() throws IOException {
        var known = read("""
                manifestVersion: 1
                configuration:
                  extension: {url: {}, user: {default: root}}
                  host: {url: {required: true}, user: {required: true}, node: {required: true}}
                """).manifest().configuration();

        assertThat(known.missing(Set.of(Level.HOST), Map.of())).isEqualTo(Map.of(Level.HOST, Set.of("url", "node")));
        assertThat(known.missing(
                        Set.of(Level.HOST),
                        Map.of(Level.EXTENSION, Map.of("url", "x"), Level.HOST, Map.of("node", "n"))))
                .isEmpty();
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
                    colour: red                    | /colour           | is not a field here
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
                    verbs: [deploy]                | /verbs            | lacks [delete, reboot, start, status, stop]
                    verbs: [halt, deploy, start, stop, reboot, status, delete] | /verbs/0 | is not a verb
                    verbs: [prepare, deploy, start, stop, reboot, status, delete] | /verbs | the field prepare
                    maxTimeouts: {stop: 0}         | /maxTimeouts/stop | from 1 to 86400
                    unrepeatable: [halt]           | /unrepeatable/0   | is not a verb
                    reservedDetails: {a: b}        | /reservedDetails  | must be a list
                    plainDetails: [deployvm]       | /plainDetails     | Drover itself uses
                    plainDetails: ["External:a"]   | /plainDetails     | Drover itself uses
                    requires: [python3]            | /requires/0       | must be a mapping
                    requires: [{install: x}]       | /requires/0       | either command or python
                    requires: [{command: /bin/x}]  | /requires/0/command | without a path
                    requires: [{python: a-b}]      | /requires/0/python | Python module
                    configuration: {node: {}}      | /configuration/node | is not a level
                    configuration: {host: 5}       | /configuration/host | must be a mapping
                    configuration: {host: {url: {type: uri}}} | /configuration/host/url/type | must be one of
                    configuration: {host: {url: {least: "1"}}} | /configuration/host/url/least | is not a field
                    configuration: {host: {n: {type: integer, default: x}}} | /configuration/host/n/default | whole number
                    configuration: {host: {n: {type: integer, options: [x]}}} | /configuration/host/n/options/0 | whole number
                    configuration: {host: {n: {options: [a], default: b}}} | /configuration/host/n/default | one of a
                    conformance: {detail: {}}      | /conformance/detail | is not a field
                    conformance: {details: {node: {}}} | /conformance/details/node | is not a field
                    customActions: [{}]            | /customActions/0/name | is missing
                    customActions: [{name: a/b}]   | /customActions/0/name | letters, digits
                    customActions: [{name: start}] | /customActions/0/name | verb of the contract
                    customActions: [{name: a}, {name: a}] | /customActions/1/name | another action
                    customActions: [{name: a, timeout: 0}] | /customActions/0/timeout | from 1 to 86400
                    customActions: [{name: a, resourceType: Network}] | /customActions/0/resourceType | VirtualMachine
                    customActions: [{name: a, allowedRoleTypes: [Root]}] | /customActions/0/allowedRoleTypes/0 | must be one of
                    customActions: [{name: a, parameters: [{}]}] | /customActions/0/parameters/0/name | is missing
                    customActions: [{name: a, parameters: [{name: p, type: TEXT}]}] | /customActions/0/parameters/0/type | one of
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
