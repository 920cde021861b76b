package io.drover.operation;

import io.drover.extension.Extension;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.Extensions;
import io.drover.inventory.Host;
import io.drover.inventory.Templates;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Chooses the host of a VM: the one with the fewest VMs among those that are up and whose extension can be called. */
@Service
public class Placement {
    private final Vms vms;
    private final Templates templates;
    private final Extensions extensions;
    private final ExtensionNodes nodes;

    Placement(Vms vms, Templates templates, Extensions extensions, ExtensionNodes nodes) {
        this.vms = vms;
        this.templates = templates;
        this.extensions = extensions;
        this.nodes = nodes;
    }

    /** A chosen host and the extension that drives it. */
    public record Choice(Host host, Extension extension) {}

    /** No host can take the VM; the message says why not, host by host. */
    public static class NoHostException extends Exception {
        NoHostException(String message) {
            super(message);
        }
    }

    /** Chooses a host and records it as the VM's. */
    @Transactional
    public Choice place(UUID vmId) throws NoHostException {
        var vm = vms.get(vmId);
        List<String> reasons = new ArrayList<>();
        for (var host : vms.candidates(vmId)) {
            var extension = extensions.ofCluster(host.clusterId());
            var reason = extension.map(found -> whyNot(vm, found)).orElse("its cluster is mapped to no extension");
            if (reason.isEmpty()) {
                vms.place(vmId, host.clusterId(), host.id());
                return new Choice(host, extension.orElseThrow());
            }
            reasons.add(host.name() + ": " + reason);
        }
        throw new NoHostException(
                reasons.isEmpty()
                        ? "No host is up where the VM may go"
                        : "No host can take the VM: " + String.join("; ", reasons));
    }

    private String whyNot(Vm vm, Extension extension) {
        var wanted =
                vm.templateId() == null ? null : templates.get(vm.templateId()).extensionId();
        if (wanted != null && !wanted.equals(extension.id())) {
            return "the template belongs to another extension than " + extension.name();
        }
        if (!extension.enabled()) {
            return "extension " + extension.name() + " is disabled";
        }
        var here = nodes.here(extension);
        return here.ready() || nodes.isReadyElsewhere(extension)
                ? ""
                : "extension " + extension.name() + " is not ready: " + here.reason();
    }
}
