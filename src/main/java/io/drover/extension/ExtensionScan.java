package io.drover.extension;

import io.drover.access.Actor;
import io.drover.extension.RescanReport.Change;
import io.drover.extension.RescanReport.Trouble;
import io.drover.extension.action.CustomActions;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.ManifestFile;
import io.drover.extension.manifest.ManifestReader;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Looks through the directories and brings the registry in line with what is there. */
@Component
class ExtensionScan {
    private static final Logger LOG = LoggerFactory.getLogger(ExtensionScan.class);

    private final ExtensionDirectories directories;
    private final ManifestReader manifests;
    private final Registration registration;
    private final ExtensionRepository repository;
    private final CustomActions customActions;
    private final BuiltInExtensions builtIn;
    private final Set<Trouble> logged = ConcurrentHashMap.newKeySet();

    ExtensionScan(
            ExtensionDirectories directories,
            ManifestReader manifests,
            Registration registration,
            ExtensionRepository repository,
            CustomActions customActions,
            BuiltInExtensions builtIn) {
        this.directories = directories;
        this.manifests = manifests;
        this.registration = registration;
        this.repository = repository;
        this.customActions = customActions;
        this.builtIn = builtIn;
    }

    /**
     * Every folder with a manifest is registered, or its changed manifest taken over, each in its own transaction. One
     * without, of no extension, is a problem.
     */
    synchronized RescanReport run(Actor actor) {
        List<Change> changes = new ArrayList<>();
        List<Trouble> problems = new ArrayList<>();
        var folders = folders(problems);
        for (var folder : folders) {
            if (hasManifest(folder)) {
                take(folder, actor, changes, problems);
            }
        }
        addUnregistered(folders, problems);
        for (var extension : repository.all()) {
            if (!Files.isDirectory(extension.directory())) {
                var reason = "the folder of extension '" + extension.name() + "' is gone";
                problems.add(new Trouble(extension.directory().toString(), reason));
            }
        }
        log(changes, problems);
        return new RescanReport(List.copyOf(changes), List.copyOf(problems));
    }

    private List<Path> folders(List<Trouble> problems) {
        try {
            return directories.folders();
        } catch (IOException e) {
            problems.add(new Trouble(String.valueOf(e.getMessage()), "cannot be listed: " + e));
            return List.of();
        }
    }

    private static boolean hasManifest(Path folder) {
        return Files.exists(folder.resolve(ExtensionManifest.FILE));
    }

    /** A folder that was copied from CloudStack has no manifest, and nobody would know why nothing comes of it. */
    private void addUnregistered(List<Path> folders, List<Trouble> problems) {
        var registered = repository.all().stream().map(Extension::directory).collect(Collectors.toSet());
        folders.stream()
                .filter(folder -> !hasManifest(folder) && !registered.contains(folder))
                .map(folder -> new Trouble(folder.toString(), unregistered(folder)))
                .forEach(problems::add);
    }

    private String unregistered(Path folder) {
        var taken = builtIn.has(folder)
                ? " An extension of this name comes with Drover, which this folder keeps from being unpacked: rename it"
                        + " if you want both."
                : "";
        return "has no " + ExtensionManifest.FILE + ", so it is no extension yet: write one, or register it with"
                + " POST /api/v1/extensions, its name and the path of its program." + taken;
    }

    private void take(Path folder, Actor actor, List<Change> changes, List<Trouble> problems) {
        var file = folder.resolve(ExtensionManifest.FILE).toString();
        try {
            var read = manifests.read(folder);
            taken(folder, read, actor)
                    .ifPresent(what -> changes.add(new Change(read.manifest().name(), what)));
            addClashes(file, read, problems);
        } catch (ProblemException e) {
            problems.add(new Trouble(file, String.valueOf(e.getMessage())));
        } catch (DataAccessException | UncheckedIOException e) {
            LOG.debug("{} cannot be registered", file, e);
            problems.add(
                    new Trouble(file, "cannot be registered: " + e.getClass().getSimpleName()));
        }
    }

    private void addClashes(String file, ManifestFile read, List<Trouble> problems) {
        var extension = repository.byName(read.manifest().name()).orElseThrow();
        for (var name : customActions.clashes(extension.id(), read.customActions())) {
            problems.add(new Trouble(
                    file,
                    "the custom action '" + name + "' is not taken over, since a person has defined one of this name"));
        }
    }

    /** Another node may register the same folder at the same time; what it did is seen at the second try. */
    private Optional<String> taken(Path folder, ManifestFile read, Actor actor) {
        try {
            return registration.take(folder, read, actor);
        } catch (DuplicateKeyException e) {
            return registration.take(folder, read, actor);
        }
    }

    /** A problem that was already there at the last look is not logged again. */
    private void log(List<Change> changes, List<Trouble> problems) {
        changes.forEach(change -> LOG.info("Extension {} {}", change.extension(), change.what()));
        logged.retainAll(Set.copyOf(problems));
        problems.stream()
                .filter(logged::add)
                .forEach(problem -> LOG.warn("Extensions: {}: {}", problem.file(), problem.reason()));
    }
}
