package io.drover.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A built-in extension's program, called as Drover calls it: argv, a payload file, a small environment. */
public final class ExtensionProgram {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEARCHED = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path entry;
    private final Path directory;

    /** A program that is called with payloads and working directories below the given directory. */
    public ExtensionProgram(Path entry, Path directory) {
        this.entry = entry.toAbsolutePath();
        this.directory = directory;
    }

    /** Skips the test, with this reason, on machines without Python 3. */
    public static void assumePython() {
        var found = false;
        for (var place : SEARCHED.split(":")) {
            found |= Files.isExecutable(Path.of(place, "python3"));
        }
        assumeTrue(found, "python3 is missing: apt-get install python3");
    }

    /** What one call left behind. */
    public record Call(int exitCode, String stdout, String stderr) {

        /** The one JSON object on stdout. */
        public JsonNode answer() {
            try {
                assertThat(stdout.strip().lines()).as(stdout).hasSize(1);
                return JSON.readTree(stdout);
            } catch (IOException malformed) {
                throw new AssertionError("Not JSON: " + stdout, malformed);
            }
        }

        /** Fails unless the call succeeded; gives its answer. */
        public JsonNode succeeded() {
            assertThat(exitCode).as(stdout + stderr).isZero();
            assertThat(answer().path("error").isMissingNode()).as(stdout).isTrue();
            return answer();
        }

        /** Fails unless the call was refused with a message that has all these words. */
        public String refused(String... words) {
            assertThat(exitCode).as(stdout + stderr).isEqualTo(1);
            assertThat(answer().has("retryable")).as(stdout).isFalse();
            return told(words);
        }

        /** Fails unless the call asks to be made again later, with a message that has all these words. */
        public String passing(String... words) {
            assertThat(exitCode).as(stdout + stderr).isEqualTo(75);
            assertThat(answer().path("retryable").asBoolean()).as(stdout).isTrue();
            return told(words);
        }

        private String told(String... words) {
            assertThat(answer().path("status").asText()).isEqualTo("error");
            var message = answer().path("error").asText();
            assertThat(message).isNotBlank().doesNotContain("mistake in the extension");
            for (var word : words) {
                assertThat(message).contains(word);
            }
            return message;
        }
    }

    /** Calls the program with this payload and 60 seconds. */
    public Call call(String verb, Map<String, Object> payload) {
        return call(verb, payload, 60);
    }

    /** Calls the program with this payload and so many seconds. */
    public Call call(String verb, Map<String, Object> payload, int seconds) {
        try {
            return raw(verb, JSON.writeValueAsString(payload), String.valueOf(seconds));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Calls the program with this text as its payload file. */
    public Call raw(String verb, String payload, String seconds) {
        return run(verb, payload, seconds, () -> false);
    }

    /** Calls the program and, as soon as it is time, has it end as Drover does: by TERM. */
    public Call ended(String verb, Map<String, Object> payload, BooleanSupplier time) {
        try {
            return run(verb, JSON.writeValueAsString(payload), "60", time);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private Call run(String verb, String payload, String seconds, BooleanSupplier time) {
        try {
            var run = Files.createTempDirectory(directory, "run");
            var file = Files.writeString(run.resolve("payload.json"), payload, StandardCharsets.UTF_8);
            var process = started(run, verb, file.toString(), seconds);
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            for (boolean told = false; !process.waitFor(20, TimeUnit.MILLISECONDS); ) {
                if (System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new AssertionError(verb + " is still running after 90 seconds");
                } else if (!told && time.getAsBoolean()) {
                    told = true;
                    process.destroy();
                }
            }
            return new Call(
                    process.exitValue(),
                    Files.readString(run.resolve("stdout")),
                    Files.readString(run.resolve("stderr")));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private Process started(Path run, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(entry.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(run.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(run.resolve("stdout").toFile())
                .redirectError(run.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", SEARCHED, "LANG", "C.UTF-8", "REQUESTS_CA_BUNDLE", "/dev/null"));
        return builder.start();
    }
}
