package io.drover.operation;

import io.drover.extension.Extensions;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Host;
import io.drover.inventory.Hosts;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts on the record what may be left outside of a VM that is expunged although it may not have been deleted there. */
@Component
class LeftBehind {
    private final Vms vms;
    private final Hosts hosts;
    private final Extensions extensions;
    private final ActionHistory actions;
    private final Details details;
    private final History history;

    LeftBehind(Vms vms, Hosts hosts, Extensions extensions, ActionHistory actions, Details details, History history) {
        this.vms = vms;
        this.hosts = hosts;
        this.extensions = extensions;
        this.actions = actions;
        this.details = details;
        this.history = history;
    }

    /** @return the same in a sentence, for those who look at the VM or the operation */
    String record(Operation operation, Vm vm) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("operation", operation.id());
        body.put("internalName", vm.internalName());
        body.put("creation", vm.creation().name());
        var place = place(vm);
        if (place != null) {
            body.put("host", place.name());
            body.put("hostId", place.id());
            extensions.ofCluster(place.clusterId()).ifPresent(extension -> body.put("extension", extension.name()));
        }
        body.put("details", details.masked(DetailOwner.INSTANCE, vm.id()));
        body.put("addresses", addresses(vm));
        if (operation.error() != null) {
            body.put("error", operation.error());
        }
        history.append(operation.requestedBy(), "vm.left-behind", new Subject("vm", vm.id(), vm.name()), body);
        return "It may be left outside as " + vm.internalName() + " with the id " + vm.id()
                + (place == null ? "" : " on host '" + place.name() + "'")
                + ": look there. The ledger's entry vm.left-behind says more";
    }

    /** Where a VM is that was created, and where one was last tried to be created of which that is not known. */
    private @Nullable Host place(Vm vm) {
        var own = vm.hostId() == null ? vm.lastHostId() : vm.hostId();
        var tried = vm.deployed() ? null : new CreationTrail(actions.creationsOf(vm.id())).place();
        var place = tried == null ? own : tried;
        return place == null ? null : hosts.get(place);
    }

    private List<String> addresses(Vm vm) {
        return vms.nics(vm.id()).stream()
                .map(nic -> nic.mac() + (nic.ip() == null ? "" : " " + nic.ip()))
                .toList();
    }
}
