package io.drover.extension.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.allowed.AllowedDirectories;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import io.drover.extension.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong detail of a VM is kept from a program that ends the VM, under each of the names that it is given by. */
class DeclaredLevelsTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Level, Map<String, String>> LEVELS = Map.of(Level.VM, Map.of("size", "huge"));

    @TempDir
    Path folder;

    private final DeclaredLevels levels = new DeclaredLevels(mock(AllowedDirectories.class));
    private ExtensionManifest manifest;

    @BeforeEach
    void read() throws IOException {
        Files.writeString(folder.resolve("extension.yaml"), """
                manifestVersion: 1
                name: acme
                plainDetails: [size]
                configuration: {vm: {size: {type: integer}}}
                """);
        manifest = new ManifestReader().read(folder).manifest();
    }

    @Test
    void takesItOutOfAllPlaces() throws JsonProcessingException {
        var payload = payload("huge");

        assertThat(levels.check(payload, LEVELS, "stop", manifest)).isNull();

        assertThat(payload.toString()).doesNotContain("huge", "size");
    }

    @Test
    void leavesWhatTheExtensionKeepsUnderTheSameName() throws JsonProcessingException {
        var payload = payload("3");

        assertThat(levels.check(payload, LEVELS, "delete", manifest)).isNull();

        assertThat(payload.at("/cloudstack.vm.details/details").toString()).isEqualTo("{\"size\":\"3\"}");
    }

    private static ObjectNode payload(String own) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree("""
                {"externaldetails": {"virtualmachine": {"size": "huge"}},
                 "cloudstack.vm.details": {"details": {"External:size": "huge", "size": "%s"}}}
                """.formatted(own));
    }
}
