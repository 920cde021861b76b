package io.drover.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs themselves send a secret to no address of a lower level, and believe no file from anywhere. */
@Tag("program")
class SecretWaysIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LEVELS = List.of("extension", "resourcemap", "host");

    @TempDir
    Path directory;

    @BeforeEach
    void needPython() {
        ExtensionProgram.assumePython();
    }

    static Stream<Arguments> ways() {
        var programs = Map.of(
                "MaaS/maas.py", List.of("apikey", "endpoint", "verify_tls_certificate", "ca_file"),
                "HyperV/hyperv.py", List.of("password", "url", "verify_tls_certificate", "ca_file", "authentication"),
                "Proxmox/proxmox.py", List.of("secret", "url", "verify_tls_certificate"));
        List<Arguments> all = new ArrayList<>();
        programs.forEach((program, names) -> {
            for (var address : names.subList(1, names.size())) {
                for (int of = 0; of < LEVELS.size(); of++) {
                    for (int to = of + 1; to < LEVELS.size(); to++) {
                        all.add(Arguments.of(program, names.get(0), LEVELS.get(of), address, LEVELS.get(to)));
                    }
                }
            }
        });
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aSecretOfAHigherLevelIsNotSent(String program, String secret, String of, String address, String to)
            throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(1);
            var values = values(listener.getLocalPort());
            Map<String, Map<String, String>> levels = new HashMap<>();
            LEVELS.forEach(level -> levels.put(level, new HashMap<>()));
            levels.get(of).putAll(values);
            levels.get(to).put(address, values.get(address));

            var answer = call(program, levels);

            assertThat(answer.path("status").asText()).isEqualTo("error");
            assertThat(answer.path("error").asText())
                    .contains("detail " + address + " of the " + to, secret + " of the " + of)
                    .doesNotContain(values.get(secret));
            assertThat(asked(listener)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void certificatesComeFromAllowedDirectoriesOnly(String program, String file, String told) throws Exception {
        var allowed = Files.createDirectories(directory.resolve("allowed"));
        var elsewhere = Files.writeString(directory.resolve("elsewhere.pem"), "secret text");
        Files.createSymbolicLink(allowed.resolve("link.pem"), elsewhere);
        var values = values(9);
        values.put(
                "ca_file", file.replace("{allowed}", allowed.toString()).replace("{elsewhere}", elsewhere.toString()));
        values.put("verify_tls_certificate", "true");

        var answer = call(program, Map.of("host", values));

        assertThat(answer.path("error").asText()).contains(told).doesNotContain("secret text");
    }

    static Stream<Arguments> files() {
        return Stream.of("MaaS/maas.py", "HyperV/hyperv.py")
                .flatMap(program -> Stream.of(
                        Arguments.of(program, "{elsewhere}", "is not below an allowed directory"),
                        Arguments.of(program, "{allowed}/link.pem", "is not below an allowed directory"),
                        Arguments.of(program, "{allowed}/../elsewhere.pem", "without '..'"),
                        Arguments.of(program, "ca.pem", "must be an absolute path")));
    }

    private Map<String, String> values(int port) {
        var address = "https://127.0.0.1:" + port;
        return new HashMap<>(Map.of(
                "url", address,
                "endpoint", address + "/MAAS",
                "apikey", "first:second:third-hidden",
                "password", "hidden-password",
                "secret", "hidden-secret",
                "username", "LAB\\drover",
                "user", "drover@pve",
                "verify_tls_certificate", "false",
                "authentication", "basic",
                "ca_file", "/etc/drover/ca.pem"));
    }

    private static boolean asked(ServerSocket listener) {
        try (var ignored = listener.accept()) {
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private JsonNode call(String program, Map<String, Map<String, String>> levels) throws Exception {
        Map<String, Map<String, String>> given = new HashMap<>(levels);
        Map<String, String> host = new HashMap<>(levels.getOrDefault("host", Map.of()));
        host.put("node", "pve1");
        host.putIfAbsent("network_bridge", "vmbr0");
        given.put("host", host);
        given.computeIfAbsent("extension", level -> new HashMap<>()).putIfAbsent("token", "drover");
        var payload = Map.of(
                "externaldetails",
                given,
                "virtualmachineid",
                "6f1c2f4e-2f8c-4f0d-9c34-1f8e3a3c9a11",
                "virtualmachinename",
                "i-2-20-VM",
                "cloudstack.vm.details",
                Map.of("uuid", "6f1c2f4e-2f8c-4f0d-9c34-1f8e3a3c9a11", "name", "i-2-20-VM"));
        var file = Files.writeString(directory.resolve("payload.json"), JSON.writeValueAsString(payload));
        var builder = new ProcessBuilder(
                        Path.of("extensions", program).toAbsolutePath().toString(), "status", file.toString(), "10")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put(
                        "DROVER_DIRECTORIES_CERTIFICATES",
                        directory.resolve("allowed").toString());
        var process = builder.start();
        var said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return JSON.readTree(said);
    }
}
