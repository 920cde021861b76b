package io.drover.extension;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.extension.action.CustomActions;
import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.ManifestFile;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes what a folder's manifest says into the registry. */
@Component
class Registration {
    static final String REGISTERED = "registered";
    static final String UPDATED = "updated";

    private final ExtensionRepository repository;
    private final MappingRepository mappings;
    private final BuiltInExtensions builtIns;
    private final FileAgreement agreement;
    private final CustomActions customActions;
    private final Details details;
    private final History history;
    private final Clock clock;

    Registration(
            ExtensionRepository repository,
            MappingRepository mappings,
            BuiltInExtensions builtIns,
            FileAgreement agreement,
            CustomActions customActions,
            Details details,
            History history,
            Clock clock) {
        this.repository = repository;
        this.mappings = mappings;
        this.builtIns = builtIns;
        this.agreement = agreement;
        this.customActions = customActions;
        this.details = details;
        this.history = history;
        this.clock = clock;
    }

    /** What was done for this folder; empty when it is registered as it is. */
    @Transactional
    public Optional<String> take(Path folder, ManifestFile read, Actor actor) {
        var known = repository.byDirectory(folder).or(() -> movedTo(folder, read.manifest()));
        if (known.isEmpty()) {
            register(folder, read, actor);
            return Optional.of(REGISTERED);
        }
        var extension = known.get();
        var digest = ExtensionDigest.of(folder);
        if (Actor.SYSTEM.equals(actor) && agreement.whyNot(extension, digest) != null) {
            throw ProblemException.conflict(
                    "extension-differs",
                    "The files of " + folder + " are not those that other nodes run of '" + extension.name()
                            + "'; make the folders equal, or rescan on this node to make its files count");
        }
        if (actor.role() != RoleType.ADMIN && agreement.whyNot(extension, digest) != null) {
            throw ProblemException.forbidden("Only an Admin may make the files of " + folder + " count on all nodes");
        }
        boolean changed = takeOver(extension, folder, read, actor);
        if (!Actor.SYSTEM.equals(actor) && !digest.equals(extension.digest())) {
            agreement.accept(repository.byId(extension.id()).orElseThrow(), digest, actor);
        }
        return changed ? Optional.of(UPDATED) : Optional.empty();
    }

    /** Adds the extension that this folder is to hold. */
    Extension register(Path folder, ManifestFile read, Actor actor) {
        var manifest = read.manifest();
        var extension = add(manifest, folder, actor.role() == RoleType.ADMIN, !builtIns.has(folder));
        details.replace(DetailOwner.EXTENSION, extension.id(), read.details(), manifest.secretDetails());
        details.sealAll(manifest.secretDetails());
        history.append(actor, "extension.registered", subject(extension), body(extension));
        customActions.takeOver(extension, read.customActions(), actor);
        return extension;
    }

    /** Adds a row for an extension in this folder. */
    Extension add(ExtensionManifest manifest, Path folder, boolean enabled, boolean userDefined) {
        var extension = new Extension(
                UUID.randomUUID(),
                manifest.name(),
                manifest.description(),
                folder,
                folder.resolve(manifest.entry()),
                enabled,
                userDefined,
                manifest,
                false,
                null,
                0,
                Instant.now(clock).truncatedTo(ChronoUnit.MICROS));
        repository.add(extension);
        return extension;
    }

    /** Whether the manifest says anything new. */
    boolean takeOver(Extension known, Path folder, ManifestFile read, Actor actor) {
        boolean changed = takeOver(known, folder, read.manifest(), actor);
        var extension = repository.byId(known.id()).orElseThrow();
        return customActions.takeOver(extension, read.customActions(), actor) || changed;
    }

    private boolean takeOver(Extension known, Path folder, ExtensionManifest manifest, Actor actor) {
        if (!known.name().equals(manifest.name())) {
            throw ProblemException.invalid(
                    "/name", "is registered as '" + known.name() + "', and a name cannot change", manifest.name());
        }
        if (known.manifest().equals(manifest) && known.directory().equals(folder)) {
            return false;
        }
        var described = Objects.equals(known.manifest().description(), manifest.description())
                ? known.description()
                : manifest.description();
        var changed = new Extension(
                known.id(),
                known.name(),
                described,
                folder,
                folder.resolve(manifest.entry()),
                known.enabled(),
                known.userDefined(),
                manifest,
                known.managed(),
                known.digest(),
                known.rollout(),
                known.createdAt());
        repository.takeOver(changed);
        if (!known.manifest().secretDetails().equals(manifest.secretDetails())) {
            sealAgain(changed);
            details.sealAll(manifest.secretDetails());
        }
        history.append(actor, "extension.updated", subject(changed), body(changed));
        return true;
    }

    /** The extension of this name, when the folder it was registered with has gone. */
    private Optional<Extension> movedTo(Path folder, ExtensionManifest manifest) {
        var known = repository.byName(manifest.name());
        if (known.isPresent() && known.get().managed()) {
            throw ProblemException.conflict(
                    "extension-managed",
                    "Extension '" + manifest.name() + "' runs an uploaded version; the folder " + folder
                            + " is not used. Import it to make it a version");
        }
        if (known.isPresent() && Files.isDirectory(known.get().directory())) {
            throw ProblemException.conflict(
                    "extension-exists",
                    "The name '" + manifest.name() + "' of " + folder + " belongs to the extension in "
                            + known.get().directory());
        }
        return known;
    }

    private void sealAgain(Extension extension) {
        var secret = extension.manifest().secretDetails();
        details.replace(
                DetailOwner.EXTENSION, extension.id(), details.of(DetailOwner.EXTENSION, extension.id()), secret);
        for (var mapping : mappings.ofExtension(extension.id())) {
            details.replace(
                    DetailOwner.RESOURCE_MAP, mapping.id(), details.of(DetailOwner.RESOURCE_MAP, mapping.id()), secret);
        }
    }

    static Subject subject(Extension extension) {
        return new Subject("extension", extension.id(), extension.name());
    }

    static Map<String, ?> body(Extension extension) {
        return Map.of(
                "version", extension.manifest().version(),
                "directory", extension.directory().toString(),
                "path", extension.path(),
                "enabled", extension.enabled(),
                "userDefined", extension.userDefined());
    }
}
