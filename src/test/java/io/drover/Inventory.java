package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Makes clusters, extensions and VMs for tests. */
final class Inventory {
    private final DroverClient admin;
    private final Path home;
    private final Path extensions;

    Inventory(DroverClient admin, Path home, Path extensions) {
        this.admin = admin;
        this.home = home;
        this.extensions = extensions;
    }

    /**
     * A cluster with one host, and a network and a template, all of this name.
     *
     * @param state what the Simulator keeps
     */
    record Site(String name, Path state) {
        List<String> effects(String vm) throws IOException {
            return verbs("effects.log", vm);
        }

        /** The verbs that were begun for a VM, in order. */
        List<String> calls(String vm) throws IOException {
            return lines("calls.log", vm).stream()
                    .filter(line -> line[3].equals("begin"))
                    .map(line -> line[4])
                    .toList();
        }

        /** Every process that calls for a VM have ever started. */
        List<Long> processes(String vm) throws IOException {
            return lines("calls.log", vm).stream()
                    .filter(line -> !line[3].equals("end"))
                    .map(line -> Long.valueOf(line[3].equals("begin") ? line[2] : line[6]))
                    .toList();
        }

        private List<String> verbs(String file, String vm) throws IOException {
            return lines(file, vm).stream().map(line -> line[2]).toList();
        }

        private List<String[]> lines(String file, String vm) throws IOException {
            var path = state.resolve(file);
            return Files.exists(path)
                    ? Files.readAllLines(path).stream()
                            .filter(line -> line.contains(vm))
                            .map(line -> line.split(" "))
                            .toList()
                    : List.of();
        }
    }

    Site site() {
        return site("Simulator");
    }

    Site site(String extension) {
        var name = WholeApplication.unique("s");
        var state = home.resolve("simulator/states").resolve(name);
        admin.post("/api/v1/clusters", Map.of("name", name)).expecting(201);
        var host = Map.of("name", name, "cluster", name, "details", Map.of("state_dir", state.toString()));
        admin.post("/api/v1/hosts", host).expecting(201);
        admin.post("/api/v1/templates", Map.of("name", name)).expecting(201);
        admin.post("/api/v1/networks", Map.of("name", name, "cidr", "192.168.7.0/24", "vlan", 7))
                .expecting(201);
        admin.post("/api/v1/extensions/" + extension + "/clusters", Map.of("cluster", name))
                .expecting(201);
        return new Site(name, state);
    }

    /** The body of a request for a VM at the site. */
    static Map<String, Object> vm(Site site, Map<String, String> details) {
        return vm(site, List.of(site.name()), details);
    }

    static Map<String, Object> vm(Site site, List<?> networks, Map<String, String> details) {
        return Map.of(
                "name",
                WholeApplication.unique("vm"),
                "template",
                site.name(),
                "serviceOffering",
                "small",
                "cluster",
                site.name(),
                "networks",
                networks,
                "details",
                details);
    }

    Answer deploy(Site site, Map<String, String> details) {
        return admin.post("/api/v1/vms", vm(site, details));
    }

    /** The id of a new VM that runs. */
    String running(Site site) {
        return running(site, Map.of());
    }

    String running(Site site, Map<String, String> details) {
        var operation = admin.done(deploy(site, details));
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation.path("vm").asText();
    }

    JsonNode ask(String verb, String vm) {
        return admin.done(begin(verb, vm));
    }

    Answer begin(String verb, String vm) {
        return verb.equals("delete") ? admin.delete("/api/v1/vms/" + vm) : admin.post("/api/v1/vms/" + vm + "/" + verb);
    }

    /** Sets or, with null, removes a detail of a VM. */
    void detail(String vm, String name, String value) {
        admin.patch("/api/v1/vms/" + vm, "{\"details\":{\"%s\":%s}}".formatted(name, quoted(value)))
                .expecting(200);
    }

    void removeDetail(String vm, String name) {
        admin.patch("/api/v1/vms/" + vm, "{\"details\":{\"%s\":null}}".formatted(name))
                .expecting(200);
    }

    private static String quoted(String value) {
        return DroverClient.JSON.getNodeFactory().textNode(value).toString();
    }

    /** Registers a program as an extension of a name of its own, which is returned. */
    String extension(String script, String... manifest) throws IOException {
        var name = WholeApplication.unique("X");
        var folder = Files.createDirectories(extensions.resolve(name));
        var entry = folder.resolve("entry.sh");
        Files.writeString(entry, script);
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxr-xr-x"));
        var lines = "manifestVersion: 1\nname: " + name + "\ntype: Orchestrator\nentry: entry.sh\n";
        Files.writeString(folder.resolve("extension.yaml"), lines + String.join("\n", manifest) + "\n");
        admin.post("/api/v1/extensions/rescan").expecting(200);
        admin.get("/api/v1/extensions/" + name).expecting(200);
        return name;
    }

    /** The entry point of an extension that {@link #extension} registered. */
    Path entry(String extension) {
        return extensions.resolve(extension).resolve("entry.sh");
    }

    static String simulator() throws IOException {
        return Files.readString(Path.of("extensions/Simulator/simulator.sh"));
    }

    /** Whether a process is there and not just waiting to be reaped. */
    static boolean lives(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
