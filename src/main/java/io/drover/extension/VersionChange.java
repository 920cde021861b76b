package io.drover.extension;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.ManifestFile;
import io.drover.extension.manifest.ManifestReader;
import io.drover.extension.packaging.Draft;
import io.drover.history.History;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Changes which files an extension runs, in the transaction of the caller. */
@Component
class VersionChange {
    private final VersionRepository versions;
    private final ExtensionRepository repository;
    private final Registration registration;
    private final ExtensionFolders folders;
    private final UnpackedVersions unpacked;
    private final ManifestReader manifests;
    private final ObjectProvider<VersionsInUse> inUse;
    private final CanaryRepository canaries;
    private final History history;
    private final Clock clock;

    VersionChange(
            VersionRepository versions,
            ExtensionRepository repository,
            Registration registration,
            ExtensionFolders folders,
            UnpackedVersions unpacked,
            ManifestReader manifests,
            ObjectProvider<VersionsInUse> inUse,
            CanaryRepository canaries,
            History history,
            Clock clock) {
        this.versions = versions;
        this.repository = repository;
        this.registration = registration;
        this.folders = folders;
        this.unpacked = unpacked;
        this.manifests = manifests;
        this.inUse = inUse;
        this.canaries = canaries;
        this.history = history;
        this.clock = clock;
    }

    Extension take(Draft draft, Actor actor) {
        var manifest = draft.manifest().manifest();
        var known = repository.byName(manifest.name());
        var folder = folders.ofVersion(draft.listing().digest());
        var extension = known.orElseGet(() -> registration.register(folder, draft.manifest(), actor));
        if (versions.find(extension.id(), draft.listing().digest()).isEmpty()) {
            add(extension, draft, false, actor);
        }
        return activate(extension, draft.listing().digest(), actor);
    }

    /** Keeps the files as a version of an extension that goes on with those it has. */
    ExtensionVersion stage(Draft draft, Actor actor) {
        var name = draft.manifest().manifest().name();
        var digest = draft.listing().digest();
        var extension = repository
                .byName(name)
                .orElseThrow(() -> ProblemException.conflict(
                        "nothing-to-stage-for",
                        "There is no extension '" + name + "' yet that could go on with other files meanwhile;"
                                + " bring its first version without activate=false"));
        requireAdmin(extension, actor);
        if (versions.find(extension.id(), digest).isEmpty()) {
            add(extension, draft, true, actor);
        }
        return find(extension, digest);
    }

    Extension activate(Extension extension, String digest, Actor actor) {
        requireAdmin(extension, actor);
        var version = find(extension, digest);
        boolean same = extension.managed() && version.digest().equals(extension.digest());
        if (same) {
            return extension;
        }
        var folder = unpacked(version);
        repository.run(extension.id(), version.digest(), versions.write(version.listing()));
        versions.markActivated(extension.id(), version.digest());
        canaries.endAll(extension.id());
        registration.takeOver(extension, folder, manifest(folder, version), actor);
        var body = Map.of(
                "version", version.manifest().version(),
                "digest", version.digest(),
                "before", String.valueOf(extension.digest()));
        history.append(actor, "extension.version-activated", Registration.subject(extension), body);
        return repository.byId(extension.id()).orElseThrow();
    }

    Extension repair(Extension extension, Actor actor) {
        if (!extension.managed()) {
            throw ProblemException.conflict(
                    "extension-not-managed",
                    "Extension '" + extension.name() + "' has a folder on each node, which Drover does not change");
        }
        repository.rollOut(extension.id());
        history.append(
                actor,
                "extension.repaired",
                Registration.subject(extension),
                Map.of("digest", String.valueOf(extension.digest())));
        return repository.byId(extension.id()).orElseThrow();
    }

    void delete(Extension extension, String digest, Actor actor) {
        var version = find(extension, digest);
        if (extension.managed() && version.digest().equals(extension.digest())) {
            throw ProblemException.conflict(
                    "version-active", "Extension '" + extension.name() + "' runs version " + version.digest());
        }
        for (var users : inUse) {
            if (users.digests().contains(version.digest())) {
                throw ProblemException.conflict("version-in-use", users.why(version.digest()));
            }
        }
        versions.delete(extension.id(), version.digest());
        var body = Map.of("version", version.manifest().version(), "digest", version.digest());
        history.append(actor, "extension.version-deleted", Registration.subject(extension), body);
    }

    /** A version by its digest or by the first digits of it, if they are those of one only. */
    ExtensionVersion find(Extension extension, String digest) {
        var found = versions.list(extension.id()).stream()
                .filter(version -> digest.length() >= 8 && version.digest().startsWith(digest))
                .toList();
        if (found.size() != 1) {
            throw ProblemException.notFound("version", digest);
        }
        return found.get(0);
    }

    private Path unpacked(ExtensionVersion version) {
        try {
            return unpacked.require(version);
        } catch (IOException e) {
            throw new UncheckedIOException("Version " + version.digest() + " cannot be unpacked", e);
        }
    }

    /** Custom actions may have secrets, so they are not stored with the rest of a manifest. */
    private ManifestFile manifest(Path folder, ExtensionVersion version) {
        return Files.exists(folder.resolve(ExtensionManifest.FILE))
                ? manifests.read(folder, version.manifest().name())
                : ManifestFile.without(version.manifest());
    }

    private void add(Extension extension, Draft draft, boolean staged, Actor actor) {
        try {
            var version = new ExtensionVersion(
                    extension.id(),
                    draft.listing().digest(),
                    draft.listing().files().size(),
                    draft.bytes(),
                    draft.manifest().manifest(),
                    draft.listing(),
                    actor.name(),
                    Instant.now(clock).truncatedTo(ChronoUnit.MICROS),
                    staged);
            versions.add(version, draft.archive());
            var body = Map.of(
                    "version",
                    version.manifest().version(),
                    "digest",
                    version.digest(),
                    "files",
                    version.files(),
                    "staged",
                    staged);
            history.append(actor, "extension.version-added", Registration.subject(extension), body);
        } catch (IOException e) {
            throw new UncheckedIOException("A package cannot be stored", e);
        }
    }

    private static void requireAdmin(Extension extension, Actor actor) {
        if (actor.role() != RoleType.ADMIN) {
            throw ProblemException.forbidden("Only an Admin may change what extension '" + extension.name() + "' runs");
        }
    }
}
