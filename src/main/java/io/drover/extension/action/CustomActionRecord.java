package io.drover.extension.action;

import io.drover.access.Actor;
import io.drover.extension.Extension;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes custom actions with their details, and enters the changes in the ledger, in the caller's transaction. */
@Component
class CustomActionRecord {
    private final CustomActionRepository repository;
    private final Details details;
    private final History history;
    private final Clock clock;

    CustomActionRecord(CustomActionRepository repository, Details details, History history, Clock clock) {
        this.repository = repository;
        this.details = details;
        this.history = history;
        this.clock = clock;
    }

    CustomAction add(Extension extension, ActionDefinition definition, boolean fromManifest, Actor actor) {
        var action = new CustomAction(
                UUID.randomUUID(),
                extension.id(),
                definition.withoutDetails(),
                false,
                fromManifest,
                Instant.now(clock).truncatedTo(ChronoUnit.MICROS));
        repository.add(action);
        write(extension, action, new HashMap<>(definition.details()));
        append(extension, action, "custom-action.created", actor);
        return action;
    }

    /** Whether anything differs from what was stored before. */
    boolean change(Extension extension, CustomAction action, Map<String, @Nullable String> given, Actor actor) {
        var before = repository.byId(extension.id(), action.id()).orElseThrow();
        var detailsBefore = details.of(DetailOwner.CUSTOM_ACTION, action.id());
        if (!given.equals(detailsBefore)) {
            write(extension, action, given);
        }
        boolean sameDetails = details.of(DetailOwner.CUSTOM_ACTION, action.id()).equals(detailsBefore);
        if (before.equals(action) && sameDetails) {
            return false;
        }
        repository.update(action);
        append(extension, action, "custom-action.updated", actor);
        return true;
    }

    void remove(Extension extension, CustomAction action, Actor actor) {
        erase(action);
        append(extension, action, "custom-action.deleted", actor);
    }

    void erase(CustomAction action) {
        details.remove(DetailOwner.CUSTOM_ACTION, action.id());
        repository.delete(action.id());
    }

    private void write(Extension extension, CustomAction action, Map<String, @Nullable String> given) {
        details.replace(
                DetailOwner.CUSTOM_ACTION,
                action.id(),
                given,
                extension.manifest().secretDetails());
    }

    private void append(Extension extension, CustomAction action, String kind, Actor actor) {
        var subject = new Subject("custom-action", action.id(), action.name());
        history.append(
                actor,
                kind,
                subject,
                Map.of(
                        "extension",
                        extension.name(),
                        "enabled",
                        action.enabled(),
                        "fromManifest",
                        action.fromManifest(),
                        "allowedRoleTypes",
                        action.definition().allowedRoleTypes().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList()));
    }
}
