package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.drover.extension.manifest.Configuration;
import io.drover.extension.manifest.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Payloads for authors to look at and to call their programs with. */
public final class PayloadSamples {
    private static final List<String> VERBS =
            List.of("prepare", "deploy", "start", "stop", "reboot", "status", "statuses", "delete", "getconsole");
    private static final Map<Level, Map<String, String>> DETAILS = Map.of(
            Level.EXTENSION, Map.of("url", "https://hypervisor.example/api", "password", "correct horse"),
            Level.RESOURCE_MAP, Map.of("pool", "gold"),
            Level.HOST, Map.of("node", "node-1"),
            Level.TEMPLATE, Map.of("image", "debian-12"),
            Level.SERVICE_OFFERING, Map.of("tier", "small"),
            Level.VM, Map.of("disk", "20"));

    private PayloadSamples() {}

    /** A payload for each verb, by its name on the wire, and one of a custom action; all for one VM. */
    static Map<String, JsonNode> all(ObjectMapper json) {
        var payloads = new GoldenPayloads(DETAILS, Configuration.NONE, json);
        var vm = new TestVm(2);
        Map<String, JsonNode> samples = new TreeMap<>();
        for (var verb : VERBS) {
            samples.put(verb.equals("deploy") ? "create" : verb, payloads.of(verb, vm));
            if (verb.equals("deploy")) {
                vm.deployed();
            }
        }
        var parameters = json.createObjectNode()
                .put("snap_name", "before-upgrade")
                .put("keep", 3)
                .put("memory", true);
        samples.put("CreateSnapshot", payloads.ofAction("CreateSnapshot", parameters, Map.of("speed", "slow"), vm));
        return samples;
    }

    /** Writes them to {@code <name>.json} in this directory, which may be missing. */
    public static List<Path> write(Path directory) {
        var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        try {
            Files.createDirectories(directory);
            var written = new java.util.ArrayList<Path>();
            for (var sample : all(json).entrySet()) {
                written.add(Files.writeString(
                        directory.resolve(sample.getKey() + ".json"),
                        json.writeValueAsString(sample.getValue()) + "\n"));
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + directory, e);
        }
    }
}
