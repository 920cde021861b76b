package io.drover.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import io.drover.extension.manifest.ManifestFile;
import io.drover.extension.manifest.ManifestReader;
import io.drover.extension.run.ExtensionRunner;
import io.drover.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One verification of one folder: from its files to whole lives of VMs, as far as asked. */
final class FolderVerification {
    /** What the runner's supervisor is called. */
    private static final String SUPERVISED = "drover-run";

    private final Path folder;
    private final Options options;
    private final ExtensionRunner runner;
    private final Path launchers;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private final Findings findings = new Findings();

    /** @param launchers an empty directory in which programs can be run */
    FolderVerification(Path folder, Options options, ExtensionRunner runner, Path launchers, Clock clock) {
        this.folder = folder;
        this.options = options;
        this.runner = runner;
        this.launchers = launchers;
        this.clock = clock;
    }

    Report make() {
        var startedAt = Instant.now(clock);
        var digest = digest();
        new FolderChecks(folder, findings).files();
        var manifest = manifest();
        if (manifest == null) {
            return report(startedAt, digest, null, null, null);
        }
        var files = new PayloadFiles(options.level() == Thoroughness.STATIC ? null : options.reports());
        var program = new Program(folder, manifest.manifest(), options, runner, launchers, files, json);
        statics(manifest, program);
        boolean runs = options.level().includes(Thoroughness.PROTOCOL) && !findings.failed(Check.ENTRY);
        if (runs && !findings.failed(Check.INTERPRETER)) {
            run(manifest, program);
            unchanged(digest);
        }
        var report = report(startedAt, digest, manifest, program, files.shown());
        if (report.passed() && !options.keepAll()) {
            files.remove();
            return report(startedAt, digest, manifest, program, null);
        }
        return report;
    }

    private void statics(ManifestFile file, Program program) {
        new FolderChecks(folder, findings).entry(file.manifest());
        var node = new NodeChecks(program, findings);
        if (!findings.failed(Check.ENTRY)) {
            node.interpreter(folder.resolve(file.manifest().entry()));
        }
        node.requirements(file.manifest());
    }

    private void run(ManifestFile file, Program program) {
        var details = Objects.requireNonNullElse(options.details(), file.conformance());
        var payloads = new GoldenPayloads(details, file.manifest().configuration(), json);
        var entry = folder.resolve(file.manifest().entry()).toString();
        try (var canary = new Canary()) {
            Predicate<String> own = argument ->
                    argument.equals(entry) || argument.equals(SUPERVISED) || argument.startsWith(launchers.toString());
            var secrets = new SecretChecks(findings, program.secrets(), own);
            var answers = new AnswerChecks(file.manifest(), findings, canary, secrets, json);
            new ProtocolChecks(program, payloads, answers, findings).make();
            IntFunction<Scenario> scenarios =
                    nics -> new Scenario(program, payloads, answers, findings, new TestVm(nics));
            var shell = new ShellChecks(file.manifest(), () -> scenarios.apply(1), answers, findings, canary);
            shell.make();
            if (options.level().includes(Thoroughness.FULL) && complete(file, details)) {
                new WholeLives(file, options, program, payloads, answers, findings, canary, json).make(shell);
            }
        }
    }

    private boolean complete(ManifestFile file, Map<Level, Map<String, String>> details) {
        findings.made(Check.DETAILS);
        var missing = file.manifest().configuration().missing(EnumSet.allOf(Level.class), details);
        missing.forEach((level, names) -> findings.fail(
                Check.DETAILS,
                "the manifest requires " + names + " at level " + level.wireName()
                        + ": give them with --details, or in the manifest under conformance",
                null));
        return missing.isEmpty();
    }

    private @Nullable ManifestFile manifest() {
        findings.made(Check.MANIFEST);
        if (!Files.exists(folder.resolve("extension.yaml"))) {
            return bare();
        }
        try {
            var known = options.known();
            return new ManifestReader()
                    .read(folder, known == null ? folder.getFileName().toString() : known.name());
        } catch (ProblemException e) {
            findings.fail(Check.MANIFEST, "extension.yaml: " + e.getMessage(), null);
            return null;
        }
    }

    /** Programs that were written for CloudStack have no manifest and run nonetheless. */
    private @Nullable ManifestFile bare() {
        var known = options.known();
        var name = known == null ? String.valueOf(folder.getFileName()) : known.name();
        var entry = known == null ? name + ".sh" : known.entry();
        if (!Files.exists(folder.resolve(entry))) {
            findings.fail(Check.MANIFEST, "extension.yaml is missing, and so is " + entry, null);
            return null;
        }
        findings.warn(
                Check.MANIFEST, "extension.yaml is missing; taken for an extension with the entry " + entry, null);
        return ManifestFile.without(ExtensionManifest.bare(name, null, entry, false));
    }

    private void unchanged(@Nullable String before) {
        findings.made(Check.FOLDER);
        if (!Objects.equals(before, digest())) {
            findings.fail(
                    Check.FOLDER,
                    "files of the folder were changed while it ran; keep state, logs and caches elsewhere,"
                            + " and Python from writing __pycache__ (sys.dont_write_bytecode = True)",
                    null);
        }
    }

    private @Nullable String digest() {
        try {
            return ExtensionDigest.of(folder);
        } catch (ProblemException | java.io.UncheckedIOException e) {
            return null;
        }
    }

    private Report report(
            Instant startedAt,
            @Nullable String digest,
            @Nullable ManifestFile file,
            @Nullable Program program,
            @Nullable String reports) {
        UnaryOperator<String> masked = program == null
                ? UnaryOperator.identity()
                : text -> Objects.requireNonNullElse(program.secrets().message(text), "");
        var name = file == null
                ? String.valueOf(folder.getFileName())
                : file.manifest().name();
        return new Report(
                name,
                file == null ? null : file.manifest().version(),
                digest,
                options.level(),
                startedAt,
                Instant.now(clock),
                program == null ? 0 : program.calls(),
                reports,
                findings.causes(masked),
                findings.results(masked));
    }
}
