package io.drover.extension.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.extension.Extension;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ActionDefinitionBody;
import io.drover.extension.manifest.ActionDefinitionReader;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import io.drover.problem.ProblemException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The custom actions of all extensions. References are names or ids. */
@Service
public class CustomActions {
    /** So many actions may an extension have. */
    static final int MOST = 500;

    private static final String DETAILS = "details";

    private final CustomActionRepository repository;
    private final CustomActionRecord records;
    private final Details details;

    CustomActions(CustomActionRepository repository, CustomActionRecord records, Details details) {
        this.repository = repository;
        this.records = records;
        this.details = details;
    }

    /**
     * The extension's actions by name.
     *
     * @param enabled only those that are, or are not; null for all
     */
    public Page<CustomAction> list(Extension extension, @Nullable Boolean enabled, PageRequest page) {
        return repository.page(extension.id(), enabled, page);
    }

    /** The enabled actions that people of this role may run, by name. */
    public List<CustomAction> runnable(UUID extension, RoleType role) {
        return repository.ofExtension(extension).stream()
                .filter(CustomAction::enabled)
                .filter(action -> action.allows(role))
                .toList();
    }

    /** The extension's action of this name; empty when it has none. */
    public Optional<CustomAction> find(UUID extension, String name) {
        return repository.byName(extension, name);
    }

    /** @throws ProblemException when the extension has no such action */
    public CustomAction get(Extension extension, String ref) {
        var found = Names.isId(ref)
                ? repository.byId(extension.id(), UUID.fromString(ref))
                : repository.byName(extension.id(), ref);
        return found.orElseThrow(() -> new ProblemException(
                Kind.NOT_FOUND,
                "custom-action-not-found",
                "Extension '" + extension.name() + "' has no custom action '" + ref + "'"));
    }

    /**
     * Defines an action.
     *
     * @param body as in a manifest
     * @throws ProblemException with everything that is wrong, or when the name is taken
     */
    @Transactional
    public CustomAction create(Extension extension, JsonNode body, Actor actor) {
        var definition = ActionDefinitionReader.read(body);
        if (repository.ofExtension(extension.id()).size() >= MOST) {
            throw ProblemException.invalid(
                    "/name", "would be one action more than the " + MOST + " allowed", definition.name());
        }
        try {
            return records.add(extension, definition, false, actor);
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict(
                    "custom-action-exists",
                    "Extension '" + extension.name() + "' has a custom action '" + definition.name() + "' already");
        }
    }

    /**
     * Changes the fields that are given; null clears one, and details are replaced as a whole, where the mask keeps a secret. Of
     * an action from a manifest only {@code enabled} can be changed. Only an Admin may enable one, let further roles run it, or
     * change what the program is told; others may change texts, disable it and take roles away.
     */
    @Transactional
    public CustomAction update(Extension extension, String ref, JsonNode changes, Actor actor) {
        details.lock(DetailOwner.CUSTOM_ACTION, get(extension, ref).id());
        var known = get(extension, ref);
        var changed = ActionDefinitionBody.changed(known.definition(), changes);
        if (known.fromManifest()) {
            refuseOtherThanEnabled(known, changes);
        }
        if (actor.role() != RoleType.ADMIN) {
            Widening.refuse(known, changed, changes);
        }
        boolean byHand = known.enabledByHand() || changes.has("enabled");
        var given = changes.has(DETAILS) ? changed.details() : details.masked(DetailOwner.CUSTOM_ACTION, known.id());
        records.change(extension, known.with(changed, byHand), new HashMap<>(given), actor);
        return get(extension, known.id().toString());
    }

    /** @throws ProblemException when the action comes from the extension's manifest */
    @Transactional
    public void delete(Extension extension, String ref, Actor actor) {
        var action = get(extension, ref);
        if (action.fromManifest()) {
            throw fromManifest(action, "disable it, or take it out of the manifest");
        }
        records.remove(extension, action, actor);
    }

    /**
     * Brings the actions that came from the extension's manifest in line with it. What a person has said about enabled stays,
     * and so do a person's own actions, also against one of the same name in the manifest.
     *
     * @return whether anything was changed
     */
    @Transactional
    public boolean takeOver(Extension extension, List<ActionDefinition> manifest, Actor actor) {
        Map<String, CustomAction> known = new HashMap<>();
        repository.ofExtension(extension.id()).forEach(action -> known.put(action.name(), action));
        boolean changed = false;
        for (var definition : manifest) {
            var action = known.remove(definition.name());
            if (action == null) {
                records.add(extension, definition, true, actor);
                changed = true;
            } else if (action.fromManifest()) {
                changed |= follow(extension, action, definition, actor);
            }
        }
        for (var action : known.values()) {
            if (action.fromManifest()) {
                records.remove(extension, action, actor);
                changed = true;
            }
        }
        return changed;
    }

    /** The names in a manifest that are not taken over, since people have defined actions of these names. */
    public List<String> clashes(UUID extension, List<ActionDefinition> manifest) {
        var own = repository.ofExtension(extension).stream()
                .filter(action -> !action.fromManifest())
                .map(CustomAction::name)
                .toList();
        return manifest.stream()
                .map(ActionDefinition::name)
                .filter(own::contains)
                .toList();
    }

    /** Removes the extension's actions and their details, before the extension itself is removed. */
    @Transactional
    public void removeAll(UUID extension) {
        repository.ofExtension(extension).forEach(records::erase);
    }

    private boolean follow(Extension extension, CustomAction known, ActionDefinition manifest, Actor actor) {
        var followed = known.enabledByHand() ? manifest.enabled(known.enabled()) : manifest;
        return records.change(
                extension, known.with(followed, known.enabledByHand()), new HashMap<>(manifest.details()), actor);
    }

    private static void refuseOtherThanEnabled(CustomAction action, JsonNode changes) {
        var others = ((ObjectNode) changes).deepCopy();
        others.remove(List.of("enabled", "name"));
        if (!others.isEmpty()) {
            throw fromManifest(action, "only 'enabled' can be changed here; change the manifest for the rest");
        }
    }

    private static ProblemException fromManifest(CustomAction action, String instead) {
        return ProblemException.conflict(
                "custom-action-from-manifest",
                "Custom action '" + action.name() + "' comes from its extension's manifest: " + instead);
    }
}
