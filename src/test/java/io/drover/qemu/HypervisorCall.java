package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls an extension's program as a server would, with the golden payloads changed to what a test needs. */
final class HypervisorCall {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Path PAYLOADS = Path.of("src/test/resources/payloads");
    private static final Set<String> GOLDEN =
            Set.of("prepare", "create", "start", "stop", "reboot", "status", "delete");
    private static final int SECONDS = 60;

    private final Path entry;
    private final Path directory;
    private final String path;
    private final Map<String, String> told = new HashMap<>();

    /**
     * @param directory for payloads and outputs
     * @param firstOnPath a directory whose programs go first, or empty
     */
    HypervisorCall(Path entry, Path directory, String firstOnPath) {
        this.entry = entry;
        this.directory = directory;
        this.path = (firstOnPath.isEmpty() ? "" : firstOnPath + ":")
                + "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    }

    /** Tells the program from now on which directories of this name the server allows. */
    HypervisorCall allowing(String name, Path... directories) {
        var joined = Stream.of(directories).map(Path::toString).collect(Collectors.joining(","));
        told.put("DROVER_DIRECTORIES_" + name.toUpperCase(Locale.ROOT), joined);
        return this;
    }

    /** What one call left behind. */
    record Answer(int exitCode, String stdout, String stderr) {
        JsonNode json() {
            try {
                assertThat(stdout).as(stderr).startsWith("{").endsWith("}\n");
                return JSON.readTree(stdout);
            } catch (IOException e) {
                throw new UncheckedIOException(stdout, e);
            }
        }

        JsonNode succeeded() {
            assertThat(json().path("status").asText()).as(stdout + stderr).isEqualTo("success");
            assertThat(exitCode).isZero();
            return json();
        }

        String refused() {
            assertThat(json().path("status").asText()).as(stdout + stderr).isEqualTo("error");
            assertThat(exitCode).isEqualTo(1);
            assertThat(stderr).doesNotContain("Traceback");
            assertThat(json().has("retryable")).as(stdout).isFalse();
            return json().path("error").asText();
        }

        /** The message of an answer that asks to be called again later. */
        String passing() {
            assertThat(json().path("status").asText()).as(stdout + stderr).isEqualTo("error");
            assertThat(exitCode).isEqualTo(75);
            assertThat(json().path("retryable").asBoolean()).as(stdout).isTrue();
            assertThat(stderr).doesNotContain("Traceback");
            return json().path("error").asText();
        }
    }

    Answer call(String verb, VmWish wish) {
        return end(begin(verb, wish));
    }

    /** The stop that goes before the VM's deletion. */
    Answer stopToDelete(VmWish wish) {
        return end(begin("stop", payload("delete", wish).toString()));
    }

    /** A call that goes on. */
    record Running(Process process, Path payload, Path stdout, Path stderr) {}

    Running begin(String verb, VmWish wish) {
        return begin(verb, payload(verb, wish).toString());
    }

    Running begin(String verb, VmWish wish, int seconds) {
        return begin(verb, payload(verb, wish).toString(), seconds);
    }

    Running begin(String verb, String payload) {
        return begin(verb, payload, SECONDS);
    }

    private Running begin(String verb, String payload, int seconds) {
        try {
            var file = Files.createTempFile(directory, "payload-", ".json");
            Files.writeString(file, payload);
            var stdout = Files.createTempFile(directory, "stdout-", "");
            var stderr = Files.createTempFile(directory, "stderr-", "");
            var builder = new ProcessBuilder(
                            List.of(entry.toAbsolutePath().toString(), verb, file.toString(), String.valueOf(seconds)))
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile());
            builder.environment().clear();
            builder.environment().putAll(told);
            builder.environment().putAll(Map.of("PATH", path, "HOME", directory.toString(), "LC_ALL", "C.UTF-8"));
            return new Running(builder.start(), file, stdout, stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer end(Running running) {
        try {
            if (!running.process().waitFor(SECONDS + 10, TimeUnit.SECONDS)) {
                running.process().destroyForcibly();
                throw new AssertionError("The program does not end");
            }
            var answer = new Answer(
                    running.process().exitValue(),
                    Files.readString(running.stdout()),
                    Files.readString(running.stderr()));
            for (var file : List.of(running.payload(), running.stdout(), running.stderr())) {
                Files.delete(file);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode payload(String verb, VmWish wish) {
        try {
            var golden = PAYLOADS.resolve((GOLDEN.contains(verb) ? verb : "status") + ".json");
            return wish.in((ObjectNode) JSON.readTree(golden.toFile()), verb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
