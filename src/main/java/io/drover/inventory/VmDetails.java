package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A VM's two kinds of details: those that people gave it and those that its extension keeps with it. */
@Component
class VmDetails {
    private final Details details;

    VmDetails(Details details) {
        this.details = details;
    }

    /**
     * Sets or removes single details; one that the extension keeps stays of that kind, and only administrators change it,
     * since the extension knows the VM by it.
     */
    void merge(UUID vm, Map<String, @Nullable String> changes, Actor actor) {
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
