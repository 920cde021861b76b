package io.drover.emulator.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the extension's program the way Drover runs it, and what came of it. */
record ProgramRun(int exitCode, String output, String log) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ENTRY = Path.of("extensions/Proxmox/proxmox.py").toAbsolutePath();
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Runs a verb with a payload. A proxy that nobody answers at is in the environment. */
    static ProgramRun of(String verb, Object payload, int timeout) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("proxmox-run");
        var file = directory.resolve("payload.json");
        Files.writeString(file, payload instanceof String text ? text : JSON.writeValueAsString(payload));
        try {
            return of(start(directory, verb, file.toString(), String.valueOf(timeout)), directory, timeout);
        } finally {
            try (var files = Files.list(directory)) {
                for (var left : files.toList()) {
                    Files.delete(left);
                }
            }
            Files.delete(directory);
        }
    }

    static Process start(Path directory, String... arguments) throws IOException {
        return start(directory, Map.of(), arguments);
    }

    static Process start(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(ENTRY.toString());
        command.addAll(java.util.List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        SEARCH_PATH,
                        "LANG",
                        "C.UTF-8",
                        "https_proxy",
                        "http://127.0.0.1:9",
                        "HTTPS_PROXY",
                        "http://127.0.0.1:9"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static ProgramRun of(Process process, Path directory, int timeout) throws IOException, InterruptedException {
        if (!process.waitFor(timeout + 5L, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("The program went on after its timeout of %d seconds".formatted(timeout));
        }
        return new ProgramRun(
                process.exitValue(),
                Files.readString(directory.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(directory.resolve("err"), StandardCharsets.UTF_8));
    }

    /** Whether the interpreter that the program names is there. */
    static boolean possible() {
        return java.util.stream.Stream.of(SEARCH_PATH.split(":"))
                .anyMatch(it -> Files.isExecutable(Path.of(it, "python3")));
    }

    /** The one JSON object that the program printed. */
    JsonNode answer() {
        try {
            return JSON.readTree(output);
        } catch (IOException e) {
            throw new IllegalStateException("Not JSON: " + output + log, e);
        }
    }

    /** The message of a failure, blank if it did not fail. */
    String error() {
        return answer().path("error").asText();
    }
}
