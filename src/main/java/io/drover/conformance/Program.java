package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.run.ExtensionRunner;
import io.drover.extension.run.ProcessWatch;
import io.drover.extension.run.Remnant;
import io.drover.extension.run.RunRequest;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.StandaloneRunner;
import io.drover.extension.wire.Masking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls an extension's program as a server does, and in ways that no server does. */
final class Program {
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final int LOOKS = 5;
    private static final long BETWEEN_LOOKS_MILLIS = 100;

    private final Path entry;
    private final ExtensionManifest manifest;
    private final Options options;
    private final ExtensionRunner runner;
    private final Path launchers;
    private final PayloadFiles files;
    private final ObjectMapper json;
    private final Masking secrets;
    private int calls;

    Program(
            Path folder,
            ExtensionManifest manifest,
            Options options,
            ExtensionRunner runner,
            Path launchers,
            PayloadFiles files,
            ObjectMapper json) {
        this.entry = folder.resolve(manifest.entry());
        this.manifest = manifest;
        this.options = options;
        this.runner = runner;
        this.launchers = launchers;
        this.files = files;
        this.json = json;
        this.secrets = new Masking(json, manifest.secretDetails());
    }

    int calls() {
        return calls;
    }

    /** All secrets that the program was given, or has answered. */
    Masking secrets() {
        return secrets;
    }

    /** The time that a call of this verb gets. */
    Duration timeout(String verb) {
        var wanted = options.timeout() != null
                ? options.timeout()
                : manifest.timeout(verb).orElse(USUAL);
        return wanted.compareTo(Options.LONGEST) < 0 ? wanted : Options.LONGEST;
    }

    /** Calls it as a server does. */
    Call call(String verb, JsonNode payload) {
        return call(verb, payload, timeout(verb));
    }

    Call call(String verb, JsonNode payload, Duration timeout) {
        return run(entry, null, verb, bytes(payload), payload, timeout);
    }

    /** Calls it with a payload that may be anything. */
    Call callWith(String verb, byte[] payload, Duration timeout) {
        return run(entry, null, verb, payload, null, timeout);
    }

    /**
     * Calls it by a shell script whose arguments are the usual three and in which {@code $entry} is the program.
     *
     * @param script e.g. {@code exec "$entry" "$1"}
     */
    Call callBy(String script, String verb, JsonNode payload, Duration timeout) {
        var whole = "entry=" + ShellText.quoted(entry) + "; " + script;
        return run(launcher(whole), whole, verb, bytes(payload), payload, timeout);
    }

    /** Runs a shell script that does not call the program, with the PATH that the program gets. */
    RunResult shell(String script) {
        var id = UUID.randomUUID();
        var request = new RunRequest(id, launcher(script), "-", new byte[0], Duration.ofSeconds(30), false, Map.of());
        try {
            return runner.run(request).join();
        } finally {
            runner.forget(id);
        }
    }

    private Call run(
            Path program,
            @Nullable String script,
            String verb,
            byte[] payload,
            @Nullable JsonNode tree,
            Duration timeout) {
        calls++;
        var masking = new Masking(json, manifest.secretDetails());
        var shown = tree == null ? null : masking.json(tree).toString();
        var file = files.keep("%03d-%s.json".formatted(calls, verb.replaceAll("[^A-Za-z0-9]", "_")), payload);
        var command = command(script, manifest.wireName(verb), file, timeout);
        files.log(command);
        var id = UUID.randomUUID();
        var environment = Map.of("DROVER_ATTEMPT", "1");
        long since = Remnant.clock();
        try (var watch = new ProcessWatch(id)) {
            var result = runner.run(
                            new RunRequest(id, program, manifest.wireName(verb), payload, timeout, false, environment))
                    .join();
            var seen = watch.seen();
            var left = remnants(id, since);
            secrets.learn(masking.secrets());
            return new Call(
                    id,
                    verb,
                    (int) timeout.toSeconds(),
                    result,
                    seen,
                    left,
                    command,
                    files.isKept() ? null : shown,
                    masking);
        } finally {
            runner.forget(id);
        }
    }

    /** A program that ends may have others end a moment later. */
    private static List<Remnant> remnants(UUID id, long since) {
        var left = Remnant.of(List.of(id), since);
        for (int look = 1; look < LOOKS && !left.isEmpty(); look++) {
            pause();
            left = Remnant.of(List.of(id), since);
        }
        return left;
    }

    /** Gives processes that are about to end the time for it. */
    static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The verification was interrupted", e);
        }
    }

    private String command(@Nullable String script, String verb, String payload, Duration timeout) {
        var seconds = timeout.toSeconds();
        var begin = "timeout -k 5 " + (seconds + 5) + " env -i PATH=" + StandaloneRunner.PATH
                + " HOME=\"$HOME\" LANG=C.UTF-8 LC_ALL=C.UTF-8 DROVER_ATTEMPT=1 ";
        var words = script == null
                ? ShellText.quoted(List.of(entry, verb, payload, seconds))
                : "sh -c " + ShellText.quoted(List.of(script, "sh", verb, payload, seconds));
        return begin + words + " </dev/null";
    }

    private Path launcher(String script) {
        try {
            var file = Files.writeString(
                    launchers.resolve(UUID.randomUUID() + ".sh"),
                    "#!/bin/sh\n" + script + "\n",
                    StandardCharsets.UTF_8);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(JsonNode payload) {
        return Objects.requireNonNull(payload.toString()).getBytes(StandardCharsets.UTF_8);
    }
}
