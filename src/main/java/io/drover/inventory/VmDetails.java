package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** A VM's two kinds of details: those that people gave it and those that its extension keeps with it. */
@Component
class VmDetails {
    private final Details details;
    private final ObjectProvider<DeclaredDetails> declared;

    VmDetails(Details details, ObjectProvider<DeclaredDetails> declared) {
        this.details = details;
        this.declared = declared;
    }

    /** The names that the actor may neither see nor change. */
    Set<String> hiddenFrom(Actor actor) {
        var manifests = declared.getIfAvailable();
        return manifests == null || actor.role() == RoleType.ADMIN ? Set.of() : manifests.reserved();
    }

    /**
     * Sets or removes single details; one that the extension keeps stays of that kind, and only administrators change it,
     * since the extension knows the VM by it.
     */
    void merge(UUID vm, Map<String, @Nullable String> changes, Actor actor) {
        var hidden = hiddenFrom(actor);
        changes.keySet().stream().filter(hidden::contains).findFirst().ifPresent(name -> {
            throw ProblemException.forbidden("Only an Admin may change the detail '" + name + "'");
        });
        var kept = details.masked(DetailOwner.INSTANCE, vm).keySet();
        changes.keySet().stream()
                .filter(name -> kept.contains(name) && !actor.role().runsInventory())
                .findFirst()
                .ifPresent(name -> {
                    throw ProblemException.forbidden("The detail '" + name + "' is kept by the VM's extension;"
                            + " only Admin and ResourceAdmin may change it");
                });
        Map<String, @Nullable String> given = new LinkedHashMap<>(changes);
        given.keySet().removeAll(kept);
        Map<String, @Nullable String> ofExtension = new LinkedHashMap<>(changes);
        ofExtension.keySet().retainAll(kept);
        details.merge(DetailOwner.VM, vm, given);
        details.merge(DetailOwner.INSTANCE, vm, ofExtension);
    }

    void remove(UUID vm) {
        details.remove(DetailOwner.VM, vm);
        details.remove(DetailOwner.INSTANCE, vm);
    }
}
