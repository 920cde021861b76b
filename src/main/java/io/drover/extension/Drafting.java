package io.drover.extension;

import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.ManifestFile;
import io.drover.extension.manifest.ManifestReader;
import io.drover.extension.packaging.Draft;
import io.drover.extension.packaging.PackageArchive;
import io.drover.extension.packaging.PackageProperties;
import io.drover.extension.packaging.PackageSource;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Unpacks what somebody brings, reads and tries it; nothing of it is left when it is refused. */
@Component
@EnableConfigurationProperties({PackageProperties.class, ExtensionProperties.class})
class Drafting {
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
    interface Filling {
        void fill(Path folder, Path beside) throws IOException;
    }

    static Filling upload(InputStream body, PackageProperties limits) {
        return (folder, beside) -> {
            Files.copy(body, beside);
            PackageArchive.unpack(beside, folder, limits);
            Files.delete(beside);
        };
    }

    <T> T withUpload(InputStream body, @Nullable String name, PackageGate.Level level, Function<Draft, T> use) {
        return with(upload(body, limits), name, level, draft -> {
            requireName(draft, name);
            return use.apply(draft);
        });
    }

    /** @throws ProblemException also when the path is not that of a readable folder */
    <T> T withFolder(String path, @Nullable String name, PackageGate.Level level, Function<Draft, T> use) {
        var source = Path.of(path.replace('\0', '/')).normalize();
        if (path.indexOf('\0') >= 0
                || !source.isAbsolute()
                || !Files.isDirectory(source)
                || !Files.isReadable(source)) {
            throw ProblemException.invalid(
                    "/path", "must be the absolute path of a folder on this node that the server can read", path);
        }
        var named = name == null ? String.valueOf(source.getFileName()) : name;
        return with((folder, beside) -> PackageSource.copy(source, folder, limits), named, level, draft -> {
            requireName(draft, name);
            return use.apply(draft);
        });
    }

    private <T> T with(Filling filling, @Nullable String name, PackageGate.Level level, Function<Draft, T> use) {
        Path workspace = null;
        try {
            workspace = unpacked.workspace();
            var folder = Files.createDirectory(workspace.resolve("files"));
            filling.fill(folder, workspace.resolve("upload"));
            var top = PackageSource.top(folder, ExtensionManifest.FILE);
            var draft = Draft.of(top, manifest(top, name), workspace.resolve("archive"));
            pass(draft, level);
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
                ? new ProblemException(
                        ProblemException.Kind.INVALID, "package-refused", "The server may not read " + denied.getFile())
                : new UncheckedIOException("A package cannot be unpacked", failure);
    }

    /** Of a package without a manifest the name must be told. */
    private ManifestFile manifest(Path folder, @Nullable String name) {
        if (Files.exists(folder.resolve(ExtensionManifest.FILE))) {
            return manifests.read(folder, name);
        }
        if (name == null) {
            throw new ProblemException(
                    ProblemException.Kind.INVALID,
                    "package-refused",
                    "The package has no " + ExtensionManifest.FILE
                            + "; name the extension with ?name= or add a manifest");
        }
        Names.check("/name", name);
        var entry = ExtensionManifest.defaultEntry(name);
        if (!Files.exists(folder.resolve(entry))) {
            throw new ProblemException(
                    ProblemException.Kind.INVALID,
                    "package-refused",
                    "The package has neither an " + ExtensionManifest.FILE + " nor the executable " + entry);
        }
        return new ManifestFile(ExtensionManifest.bare(name, null, entry, false), Map.of(), List.of(), Map.of());
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
            throw new ProblemException(
                    ProblemException.Kind.INVALID, "package-refused", "The package lacks its entry point " + entry);
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
