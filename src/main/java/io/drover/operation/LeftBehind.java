package io.drover.operation;

import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Hosts;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Puts on the record what may be left outside of a VM that is expunged although it may not have been deleted there. */
@Component
class LeftBehind {
    private final Vms vms;
    private final Hosts hosts;
    private final Details details;
    private final History history;

    LeftBehind(Vms vms, Hosts hosts, Details details, History history) {
        this.vms = vms;
        this.hosts = hosts;
        this.details = details;
        this.history = history;
    }

    void record(Operation operation, Vm vm) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("operation", operation.id());
        body.put("internalName", vm.internalName());
        body.put("creation", vm.creation().name());
        UUID host = vm.hostId() == null ? vm.lastHostId() : vm.hostId();
        if (host != null) {
            body.put("host", hosts.get(host).name());
        }
        body.put("details", details.masked(DetailOwner.INSTANCE, vm.id()));
        body.put("addresses", addresses(vm));
        if (operation.error() != null) {
            body.put("error", operation.error());
        }
        history.append(operation.requestedBy(), "vm.left-behind", new Subject("vm", vm.id(), vm.name()), body);
    }

    private List<String> addresses(Vm vm) {
        return vms.nics(vm.id()).stream()
                .map(nic -> nic.mac() + (nic.ip() == null ? "" : " " + nic.ip()))
                .toList();
    }
}
