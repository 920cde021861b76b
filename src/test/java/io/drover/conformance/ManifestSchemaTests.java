package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.drover.extension.manifest.ManifestReader;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema of the manifest and its reader accept and refuse the same. */
class ManifestSchemaTests {
    private static final String ACTION = "customActions: [{name: A, ";
    private static final String PARAMETER = ACTION + "parameters: [{name: p, ";
    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name: Acme-1.x_y",
                "version: \"1.2\"",
                "type: Orchestrator",
                "entry: bin/sub/acme",
                "prepare: true",
                "prepare: true\nverbs: [prepare, deploy, start, stop, reboot, status, delete]",
                "verbs: [deploy, start, stop, reboot, status, delete, getconsole, statuses]",
                "wireNames: {deploy: deploy}",
                "answers: cloudstack",
                "timeouts: {default: 1, deploy: 86400}",
                "maxTimeouts: {getconsole: 10}",
                "unrepeatable: [reboot]",
                "repeatable: [List Snapshots]",
                "secretDetails: [license]",
                "reservedDetails: [acme_id]",
                "plainDetails: [SSH.PublicKey]",
                "details: {url: x}",
                "configuration: {extension: {url: {type: url, required: true}}}",
                "configuration: {resourceMap: {a: {default: \"1\", type: integer, options: [\"1\", \"2\"], secret: true}}}",
                "configuration: {host: {a: {pattern: \"[a-z]+\"}, b: {type: password, pattern: x}}}",
                "configuration: {host: {a: {type: integer, min: 0, max: 9}}}",
                "configuration: {host: {a: {type: path, below: [images, vms], relative: true}}}",
                "configuration: {host: {a: {type: windows_path, below: [hyperv-disks]}}}",
                "configuration: {host: {a: {type: url, schemes: [https], userinfo: true, query: [mode], hostless: true,"
                        + " paths: [/a], directs: [key]}}}",
                "configuration: {host: {a: {type: boolean, directs: []}}}",
                "requires: [{command: python3, install: apt-get install python3}, {python: a.b}]",
                ACTION + "timeout: 60, repeatable: true, enabled: false, details: {a: b}}]",
                ACTION + "resourceType: VirtualMachine, allowedRoleTypes: [Admin, User]}]",
                PARAMETER + "type: NUMBER, validationFormat: DECIMAL, required: true, options: [\"1.5\"]}]}]",
                "conformance: {details: {vm: {a: b}, serviceOffering: {c: d}}}",
                "conformance: {}"
            })
    void acceptBoth(String rest) throws IOException {
        assertThat(accepted(rest)).isTrue();
        assertThat(problems(rest)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entri: x",
                "name: a/b",
                "name: .hidden",
                "version: 1.2",
                "version: \"\"",
                "type: NetworkOrchestrator",
                "description: 7",
                "entry: /bin/sh",
                "entry: ../acme",
                "entry: bin/",
                "prepare: \"true\"",
                "prepare: true\nverbs: [deploy, start, stop, reboot, status, delete]",
                "verbs: [prepare, deploy, start, stop, reboot, status, delete]",
                "verbs: [deploy]",
                "verbs: deploy",
                "wireNames: {start: begin}",
                "wireNames: {deploy: make}",
                "answers: mine",
                "timeouts: {deploy: 0}",
                "timeouts: {deploy: 86401}",
                "timeouts: {deploy: \"60\"}",
                "timeouts: {explode: 60}",
                "maxTimeouts: [60]",
                "unrepeatable: [CreateSnapshot]",
                "repeatable: ListSnapshots",
                "secretDetails: [1]",
                "secretDetails: [\" \"]",
                "details: {url: 1}",
                "details: [url]",
                "configuration: {cluster: {}}",
                "configuration: {host: {node: {type: text}}}",
                "configuration: {host: {node: {needed: true}}}",
                "configuration: {host: {node: {default: 1}}}",
                "configuration: {host: []}",
                "configuration: {host: {a: {type: integer, pattern: x}}}",
                "configuration: {host: {a: {pattern: 1}}}",
                "configuration: {host: {a: {min: 1}}}",
                "configuration: {host: {a: {type: integer, max: \"1\"}}}",
                "configuration: {host: {a: {below: [images]}}}",
                "configuration: {host: {a: {type: path, below: images}}}",
                "configuration: {host: {a: {type: path, below: [/srv]}}}",
                "configuration: {host: {a: {type: windows_path, relative: true}}}",
                "configuration: {host: {a: {type: path, schemes: [https]}}}",
                "configuration: {host: {a: {type: url, userinfo: \"true\"}}}",
                "configuration: {host: {a: {type: url, directs: key}}}",
                "requires: [{command: a/b}]",
                "requires: [{command: a, python: b}]",
                "requires: [{install: x}]",
                "requires: [python3]",
                "customActions: [{description: x}]",
                "customActions: [{name: create}]",
                "customActions: [{name: \"a/b\"}]",
                ACTION + "timeout: 0}]",
                ACTION + "resourceType: Network}]",
                ACTION + "allowedRoleTypes: [Root]}]",
                ACTION + "details: {a: 1}}]",
                PARAMETER + "type: TEXT}]}]",
                PARAMETER + "validationFormat: PHONE}]}]",
                PARAMETER + "default: x}]}]",
                ACTION + "parameters: [{type: STRING}]}]",
                "conformance: {details: {cluster: {a: b}}}",
                "conformance: {options: {}}",
                "manifestVersion: 2"
            })
    void refuseBoth(String rest) throws IOException {
        assertThat(accepted(rest)).isFalse();
        assertThat(problems(rest)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void everyBuiltInManifestIsValid(Path builtIn) throws IOException {
        var document = yaml.readTree(builtIn.resolve("extension.yaml").toFile());
        assertThat(Schemas.problems("extension-manifest-1", document)).isEmpty();
    }

    static List<Path> builtIns() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("extensions"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("extension.yaml")))
                    .toList();
        }
    }

    private static String manifest(String rest) {
        return rest.startsWith("manifestVersion") ? rest : "manifestVersion: 1\n" + rest;
    }

    private List<String> problems(String rest) throws IOException {
        return Schemas.problems("extension-manifest-1", yaml.readTree(manifest(rest)));
    }

    private boolean accepted(String rest) throws IOException {
        var place = Files.createDirectories(folder.resolve("Acme"));
        Files.writeString(place.resolve("extension.yaml"), manifest(rest));
        try {
            new ManifestReader().read(place);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }
}
