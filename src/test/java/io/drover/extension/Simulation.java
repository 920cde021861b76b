package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Calls the Simulator's script as a server would, with a state directory of its own. */
class Simulation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPT = Path.of("extensions/Simulator/simulator.sh");

    private final Path directory;

    Simulation(Path directory) {
        this.directory = directory;
    }

    /** What one call left behind. */
    record Call(int exitCode, String stdout, String stderr) {
        JsonNode answer() throws IOException {
            return JSON.readTree(stdout);
        }

        void assertRefused(int expectedExitCode, String text) throws IOException {
            assertThat(exitCode).isEqualTo(expectedExitCode);
            assertThat(answer().path("status").asText()).isEqualTo("error");
            assertThat(answer().path("error").asText()).contains(text);
        }
    }

    Path state() {
        return directory.resolve("state");
    }

    Path payload() {
        return directory.resolve("payload.json");
    }

    Call call(String verb) throws IOException, InterruptedException {
        return call(verb, Map.of());
    }

    Call call(String verb, Map<String, String> vmDetails) throws IOException, InterruptedException {
        writePayload(vmDetails);
        return run(verb);
    }

    Call run(String verb) throws IOException, InterruptedException {
        int exitCode = spawn(verb).waitFor();
        return new Call(
                exitCode, Files.readString(directory.resolve("stdout")), Files.readString(directory.resolve("stderr")));
    }

    Process start(String verb, Map<String, String> vmDetails) throws IOException {
        writePayload(vmDetails);
        return spawn(verb);
    }

    /** The verbs of the effects counted so far, in their order. */
    List<String> effects() throws IOException {
        return lines("effects.log").stream().map(fields -> fields[2]).toList();
    }

    /** The fields of the lines in the call log that tell of this event: begin, child or end. */
    List<String[]> calls(String event) throws IOException {
        return lines("calls.log").stream()
                .filter(fields -> fields[3].equals(event))
                .toList();
    }

    private List<String[]> lines(String log) throws IOException {
        var file = state().resolve(log);
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(line -> line.split(" ")).toList()
                : List.of();
    }

    /** Begins a call with the payload as it lies there. */
    Process spawn(String verb) throws IOException {
        return new ProcessBuilder("sh", SCRIPT.toString(), verb, payload().toString(), "30")
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
    }

    private void writePayload(Map<String, String> vmDetails) throws IOException {
        var payload = Map.of(
                "externaldetails",
                Map.of("host", Map.of("state_dir", state().toString()), "virtualmachine", vmDetails),
                "virtualmachineid",
                "ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc",
                "virtualmachinename",
                "i-2-20-VM",
                "parameters",
                Map.of("snap_name", "before update"),
                "cloudstack.vm.details",
                Map.of("vncPassword", "q\"\\ü=", "nics", List.of(nic("a2"), nic("a3"), Map.of())));
        Files.writeString(payload(), JSON.writeValueAsString(payload));
    }

    private static Map<String, Object> nic(String end) {
        return Map.of("nicUuid", "f3188e9f-37ba-4853-b711-d6f60dddc5" + end, "mac", "02:01:00:d0:00:10", "deviceId", 0);
    }
}
