package io.drover.extension.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredPayloadTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private ExtensionManifest manifest;

    @BeforeEach
    void read() throws IOException {
        Files.writeString(folder.resolve("extension.yaml"), """
                manifestVersion: 1
                name: acme
                configuration:
                  extension: {url: {type: url, required: true}, user: {default: root}}
                  host: {url: {type: url}, user: {default: admin}, node: {required: true}}
                  template: {image: {required: true}}
                  serviceOffering: {storage: {default: local}}
                """);
        manifest = new ManifestReader().read(folder).manifest();
    }

    @Test
    void fillsInDefaultsAtTheLevelsThatHaveThem() throws JsonProcessingException {
        var payload = payload("{'host': {'url': 'https://a', 'node': 'n'}, 'virtualmachine': {'image': 'i'}}");

        assertThat(DeclaredPayload.complete(payload, "deploy", manifest)).isNull();
        assertThat(payload).isEqualTo(payload("""
                {'host': {'url': 'https://a', 'node': 'n', 'user': 'admin'}, 'extension': {'user': 'root'},
                 'virtualmachine': {'image': 'i', 'storage': 'local'}}
                """));
    }

    @Test
    void leavesADefaultOutWhereAnotherLevelHasAValue() throws JsonProcessingException {
        var payload = payload("{'extension': {'user': 'ann'}, 'host': {'url': 'https://a', 'node': 'n'}}");

        DeclaredPayload.complete(payload, "stop", manifest);

        assertThat(payload.path("externaldetails").path("host").has("user")).isFalse();
    }

    @Test
    void namesWhatIsMissing() throws JsonProcessingException {
        assertThat(DeclaredPayload.complete(payload("{}"), "deploy", manifest))
                .isEqualTo("Extension 'acme' requires the details 'image' of the template, 'node' of the host,"
                        + " 'url' of the extension");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "delete", "status", "Custom"})
    void asksForDetailsOfTheVmOnlyWhereItIsCreated(String verb) throws JsonProcessingException {
        var payload = payload("{'host': {'url': 'https://a', 'node': 'n'}}");

        assertThat(DeclaredPayload.complete(payload, verb, manifest)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "statuses", "getconsole"})
    void refusesAVerbThatIsNotSupported(String verb) throws JsonProcessingException {
        assertThat(DeclaredPayload.complete(payload("{}"), verb, manifest))
                .isEqualTo("Extension 'acme' does not support " + verb);
    }

    private static ObjectNode payload(String details) throws JsonProcessingException {
        var payload = JSON.createObjectNode();
        payload.set("externaldetails", JSON.readTree(details.replace('\'', '"')));
        return payload;
    }
}
