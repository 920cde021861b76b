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
    void merge(Vm of, Map<String, @Nullable String> changes, Actor actor) {
        var vm = of.id();
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
        refuseUndeclared(of, given);
        details.merge(DetailOwner.VM, vm, given);
        details.merge(DetailOwner.INSTANCE, vm, ofExtension);
    }

    private void refuseUndeclared(Vm vm, Map<String, @Nullable String> given) {
        var findings = new Findings();
        Map<String, String> wanted = new LinkedHashMap<>();
        details.after(DetailOwner.VM, vm.id(), given).forEach((name, value) -> {
            if (given.get(name) != null) {
                wanted.put(name, value);
            }
        });
        declared.ifAvailable(
                manifests -> findings.addAll(manifests.ofChangedVm(vm.clusterId(), vm.templateId(), wanted)));
        findings.refuse();
    }

    void remove(UUID vm) {
        details.remove(DetailOwner.VM, vm);
        details.remove(DetailOwner.INSTANCE, vm);
    }
}
