package io.drover.extension;

import io.drover.access.Actor;
import io.drover.extension.files.FolderRemoval;
import io.drover.history.History;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Takes an extension out of the registry, in the transaction of the caller. */
@Component
class Removal {
    private final ExtensionRepository repository;
    private final MappingRepository mappings;
    private final ExtensionDirectories directories;
    private final Details details;
    private final History history;

    Removal(
            ExtensionRepository repository,
            MappingRepository mappings,
            ExtensionDirectories directories,
            Details details,
            History history) {
        this.repository = repository;
        this.mappings = mappings;
        this.directories = directories;
        this.details = details;
        this.history = history;
    }

    void delete(Extension extension, boolean cleanup, Actor actor) {
        if (!extension.userDefined()) {
            throw ProblemException.conflict(
                    "extension-built-in",
                    "Extension '" + extension.name() + "' came with Drover and would be back at the next start;"
                            + " disable it instead");
        }
        refuseUsed(extension);
        boolean folder = cleanup && !extension.managed();
        if (folder) {
            requireOurs(extension);
        }
        details.replace(DetailOwner.EXTENSION, extension.id(), Map.of(), Set.of());
        remove(extension);
        history.append(actor, "extension.deleted", Registration.subject(extension), Map.of("cleanup", cleanup));
        if (folder && Files.exists(extension.directory(), LinkOption.NOFOLLOW_LINKS)) {
            FolderRemoval.withTransaction(extension.directory());
        }
    }

    private void remove(Extension extension) {
        try {
            repository.delete(extension.id());
        } catch (DataIntegrityViolationException e) {
            throw ProblemException.conflict(
                    "extension-in-use", "Extension '" + extension.name() + "' has just come into use");
        }
    }

    private void refuseUsed(Extension extension) {
        var clusters = mappings.ofExtension(extension.id()).stream()
                .map(Mapping::clusterName)
                .toList();
        var templates = repository.templates(extension.id());
        List<String> users = new ArrayList<>();
        if (!clusters.isEmpty()) {
            users.add("it is mapped to cluster " + String.join(", ", clusters));
        }
        if (!templates.isEmpty()) {
            users.add("template " + String.join(", ", templates) + " refers to it");
        }
        if (!users.isEmpty()) {
            throw ProblemException.conflict(
                            "extension-in-use",
                            "Extension '" + extension.name() + "' is in use: " + String.join("; ", users))
                    .with("clusters", clusters)
                    .with("templates", templates);
        }
    }

    private void requireOurs(Extension extension) {
        Path folder = extension.directory();
        if (!directories.last().equals(folder.getParent())) {
            throw ProblemException.conflict(
                    "extension-folder-kept",
                    "The folder " + folder + " is not directly in " + directories.last()
                            + " and is not removed by Drover");
        }
    }
}
