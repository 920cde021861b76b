package io.drover.extension;

import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.ManifestFile;
import io.drover.extension.manifest.ManifestReader;
import io.drover.extension.packaging.BareEntry;
import io.drover.extension.packaging.Draft;
import io.drover.extension.packaging.PackageArchive;
import io.drover.extension.packaging.PackageProperties;
import io.drover.extension.packaging.PackageRefusal;
import io.drover.extension.packaging.PackageSource;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Unpacks what somebody brings, reads and tries it; nothing of it is left when it is refused. */
@Component
@EnableConfigurationProperties({PackageProperties.class, ExtensionProperties.class})
class Drafting {
    private static final Logger LOG = LoggerFactory.getLogger(Drafting.class);

    private final UnpackedVersions unpacked;
    private final ManifestReader manifests;
    private final PackageProperties limits;
    private final ObjectProvider<PackageGate> gate;

    Drafting(
            UnpackedVersions unpacked,
            ManifestReader manifests,
            PackageProperties limits,
            ObjectProvider<PackageGate> gate) {
        this.unpacked = unpacked;
        this.manifests = manifests;
        this.limits = limits;
        this.gate = gate;
    }

    /** Something that fills a new folder, with another path beside it for its own use. */
    private interface Filling {
        void fill(Path folder, Path beside) throws IOException;
    }

    <T> T withUpload(InputStream body, Intake intake, Function<Draft, T> use) {
        return with((folder, beside) -> unpack(body, beside, folder), "?entry", intake, intake.name(), use);
    }

    /** @throws ProblemException also when the path is not that of a readable folder */
    <T> T withFolder(String path, Intake intake, Function<Draft, T> use) {
        var source = folder(path);
        var otherwise = intake.name() == null ? String.valueOf(source.getFileName()) : intake.name();
        return with((folder, beside) -> PackageSource.copy(source, folder, limits), "/entry", intake, otherwise, use);
    }

    private static Path folder(String path) {
        try {
            var source = Path.of(path).normalize();
            if (source.isAbsolute() && Files.isDirectory(source) && Files.isReadable(source)) {
                return source;
            }
        } catch (InvalidPathException e) {
            LOG.debug("Not a path", e);
        }
        throw ProblemException.invalid(
                "/path", "must be the absolute path of a folder on this node that the server can read", path);
    }

    private void unpack(InputStream body, Path archive, Path folder) throws IOException {
        Files.copy(body, archive);
        PackageArchive.unpack(archive, folder, limits);
        Files.delete(archive);
    }

    /**
     * @param pointer where the intake's entry was given
     * @param otherwise its name if the manifest does not say it; null when it must
     */
    private <T> T with(
            Filling filling, String pointer, Intake intake, @Nullable String otherwise, Function<Draft, T> use) {
        Path workspace = null;
        try {
            workspace = unpacked.workspace();
            var folder = Files.createDirectory(workspace.resolve("files"));
            filling.fill(folder, workspace.resolve("upload"));
            var top = PackageSource.top(folder, ExtensionManifest.FILE);
            var draft = Draft.of(top, manifest(top, otherwise, intake.entry(), pointer), workspace.resolve("archive"));
            pass(draft, intake.level());
            requireName(draft, intake.name());
            return use.apply(draft);
        } catch (IOException e) {
            throw refusal(e);
        } finally {
            FileSystemUtils.deleteRecursively(workspace == null ? null : workspace.toFile());
        }
    }

    /** What is wrong with the package itself, or with reading it. */
    private static RuntimeException refusal(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refusal) {
                return refusal;
            }
        }
        return failure instanceof AccessDeniedException denied
                ? PackageRefusal.of("The server may not read " + denied.getFile())
                : new UncheckedIOException("A package cannot be unpacked", failure);
    }

    /** Of a package without a manifest the name must be told. */
    private ManifestFile manifest(Path folder, @Nullable String name, @Nullable String entry, String pointer)
            throws IOException {
        if (Files.exists(folder.resolve(ExtensionManifest.FILE))) {
            BareEntry.refuse(entry, pointer);
            return manifests.read(folder, name);
        }
        if (name == null) {
            throw PackageRefusal.of("The package has no " + ExtensionManifest.FILE
                    + "; name the extension with ?name= or add a manifest");
        }
        Names.check("/name", name);
        var program = BareEntry.of(folder, name, entry, pointer);
        return ManifestFile.without(ExtensionManifest.bare(name, null, program, false));
    }

    private static void requireName(Draft draft, @Nullable String name) {
        var said = draft.manifest().manifest().name();
        if (name != null && !name.equals(said)) {
            throw ProblemException.invalid("/name", "is '" + said + "' in the manifest, not '" + name + "'", name);
        }
    }

    private void pass(Draft draft, PackageGate.Level level) {
        var entry = draft.manifest().manifest().entry();
        if (!Files.isRegularFile(draft.folder().resolve(entry))) {
            throw PackageRefusal.of("The package lacks its entry point " + entry);
        }
        if (level == PackageGate.Level.NONE) {
            return;
        }
        var failures = gate.stream()
                .flatMap(each -> each.failures(draft.folder(), draft.manifest().manifest(), level).stream())
                .toList();
        if (!failures.isEmpty()) {
            throw new ProblemException(
                            ProblemException.Kind.INVALID,
                            "package-not-conformant",
                            "The extension fails the conformance kit: " + String.join("; ", failures))
                    .with("failures", failures);
        }
    }
}
