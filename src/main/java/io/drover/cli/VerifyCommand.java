package io.drover.cli;

import io.drover.conformance.Conformance;
import io.drover.conformance.Options;
import io.drover.conformance.PayloadSamples;
import io.drover.conformance.Report;
import io.drover.conformance.ReportFormat;
import io.drover.conformance.Thoroughness;
import io.drover.extension.manifest.EntryPath;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = ImplementationVersion.class,
        sortOptions = false,
        description = {
            "Verifies that the extension in a folder does what the contract asks.",
            "Level full makes VMs in the real system behind it, with names of its own, and deletes them.",
            "Exit code: 0 passed, 1 failed, 2 wrong usage."
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The extension's folder.")
    @Nullable
    Path folder;

    @Option(
            names = "--level",
            defaultValue = "full",
            converter = LevelConverter.class,
            description = "static: files; protocol: also bad input, no VM; full: also whole lives (default).")
    Thoroughness level = Thoroughness.FULL;

    @Option(
            names = "--entry",
            paramLabel = "FILE",
            description = "The program, in a folder without a manifest; else <folder>.sh.")
    @Nullable
    String entry;

    @Option(
            names = "--verbs",
            split = ",",
            description = "Only these verbs and custom actions, where they can be left out.")
    List<String> verbs = List.of();

    @Option(
            names = "--details",
            paramLabel = "FILE",
            description = "JSON or YAML: level to details, e.g. host: {node: n1}.")
    @Nullable
    Path details;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long a call may take; else as the manifest says.")
    @Nullable
    Integer timeout;

    @Option(names = "--format", defaultValue = "text", description = "text, json or junit.")
    ReportFormat format = ReportFormat.TEXT;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Where payloads of a failed run are kept; must be empty.")
    @Nullable
    Path reports;

    @Option(names = "--keep", description = "Keeps the payloads even when all is well.")
    boolean keep;

    @Option(names = "--print-payloads", paramLabel = "DIR", description = "Writes sample payloads there and ends.")
    @Nullable
    Path samples;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        if (samples != null) {
            PayloadSamples.write(samples).forEach(out::println);
            return 0;
        }
        if (folder == null) {
            throw new CommandLines.Refusal("The extension's folder is missing: drover verify FOLDER");
        }
        var report = verify(folder);
        out.print(format.write(report));
        out.flush();
        return report.passed() ? 0 : 1;
    }

    private Report verify(Path of) throws IOException {
        if (timeout != null && (timeout < 1 || timeout > 86_400)) {
            throw new CommandLines.Refusal("--timeout must be 1 to 86400 seconds, but is " + timeout);
        }
        var given = details == null ? null : DetailsFile.read(details);
        var limit = timeout == null ? null : Duration.ofSeconds(timeout);
        var kept = reports == null ? Files.createTempDirectory("drover-verify-report-") : reports;
        try {
            var options = new Options(level, Set.copyOf(verbs), given, limit, kept, keep, bare(of));
            return Conformance.verify(of, options);
        } catch (IllegalArgumentException | ProblemException e) {
            throw new CommandLines.Refusal(String.valueOf(e.getMessage()));
        } finally {
            removeIfEmpty(kept);
        }
    }

    private @Nullable ExtensionManifest bare(Path of) throws IOException {
        var program = entry;
        if (program == null || !Files.isDirectory(of)) {
            return null;
        }
        if (Files.exists(of.resolve(ExtensionManifest.FILE))) {
            throw new CommandLines.Refusal("--entry is " + program + ", but " + of + " has an " + ExtensionManifest.FILE
                    + ", which names the program");
        }
        var folder = of.toRealPath();
        return ExtensionManifest.bare(
                String.valueOf(folder.getFileName()), null, EntryPath.given(folder, program), false);
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (var files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(directory);
        }
    }

    static final class LevelConverter implements picocli.CommandLine.ITypeConverter<Thoroughness> {
        @Override
        public Thoroughness convert(String value) {
            try {
                return Thoroughness.named(value);
            } catch (IllegalArgumentException e) {
                throw new picocli.CommandLine.TypeConversionException("must be one of "
                        + Arrays.stream(Thoroughness.values())
                                .map(Thoroughness::wireName)
                                .toList());
            }
        }
    }
}
