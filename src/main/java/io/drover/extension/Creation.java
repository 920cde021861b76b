package io.drover.extension;

import io.drover.access.Actor;
import io.drover.extension.manifest.EntryPath;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.ManifestReader;
import io.drover.history.History;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Registers an extension that a person asked for, in the transaction of the caller. */
@Component
class Creation {
    private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

    private final ExtensionDirectories directories;
    private final ExtensionRepository repository;
    private final Registration registration;
    private final Scaffold scaffold;
    private final ManifestReader manifests;
    private final Details details;
    private final History history;

    Creation(
            ExtensionDirectories directories,
            ExtensionRepository repository,
            Registration registration,
            Scaffold scaffold,
            ManifestReader manifests,
            Details details,
            History history) {
        this.directories = directories;
        this.repository = repository;
        this.registration = registration;
        this.scaffold = scaffold;
        this.manifests = manifests;
        this.details = details;
        this.history = history;
    }

    Extension create(NewExtension wanted, Actor actor) {
        Names.check("/name", wanted.name());
        Descriptions.check(wanted.description());
        if (repository.byName(wanted.name()).isPresent()) {
            throw taken(wanted.name());
        }
        var folder = directories.last().resolve(wanted.name());
        if (Files.exists(folder.resolve(ExtensionManifest.FILE))) {
            throw ProblemException.conflict(
                    "extension-folder-has-manifest",
                    "The folder " + folder + " has an " + ExtensionManifest.FILE + " already; rescan to register it");
        }
        if (wanted.path() == null && Scaffold.fits(folder)) {
            return scaffolded(wanted, folder, actor);
        }
        var entry = wanted.path() == null
                ? ExtensionManifest.defaultEntry(wanted.name())
                : EntryPath.given(folder, wanted.path());
        return register(
                wanted,
                ExtensionManifest.bare(wanted.name(), wanted.description(), entry, wanted.prepare()),
                folder,
                actor);
    }

    private Extension scaffolded(NewExtension wanted, Path folder, Actor actor) {
        scaffold.write(folder, wanted);
        try {
            return register(wanted, manifests.read(folder).manifest(), folder, actor);
        } catch (RuntimeException e) {
            remove(folder);
            throw e;
        }
    }

    private Extension register(NewExtension wanted, ExtensionManifest manifest, Path folder, Actor actor) {
        try {
            var extension = registration.add(manifest, folder, wanted.enabled(), true);
            details.replace(DetailOwner.EXTENSION, extension.id(), wanted.details(), manifest.secretDetails());
            history.append(actor, "extension.created", Registration.subject(extension), Registration.body(extension));
            return extension;
        } catch (DuplicateKeyException e) {
            throw taken(wanted.name());
        }
    }

    private static void remove(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("The folder {} of an extension that was not created cannot be removed", folder, e);
        }
    }

    private static ProblemException taken(String name) {
        return ProblemException.conflict("extension-exists", "There is an extension '" + name + "' already");
    }
}
