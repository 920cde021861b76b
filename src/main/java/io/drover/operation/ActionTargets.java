package io.drover.operation;

import io.drover.extension.Canaries;
import io.drover.extension.Extension;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.Extensions;
import io.drover.extension.wire.PayloadComposer.Target;
import io.drover.inventory.Hosts;
import io.drover.inventory.Vm;
import io.drover.problem.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the extension that speaks for a VM: by the VM's host, or its last one, through the host's cluster. */
@Component
class ActionTargets {
    private final Hosts hosts;
    private final Extensions extensions;
    private final ExtensionNodes nodes;
    private final Canaries canaries;

    ActionTargets(Hosts hosts, Extensions extensions, ExtensionNodes nodes, Canaries canaries) {
        this.hosts = hosts;
        this.extensions = extensions;
        this.nodes = nodes;
        this.canaries = canaries;
    }

    /**
     * @param digest of the extension's files here; null when they cannot be read
     * @param notRunBecause why the extension must not be called now; null when it may
     * @param elsewhere whether another node can call it although this one must not
     */
    record ActionTarget(
            Extension extension,
            Target target,
            @Nullable String digest,
            @Nullable String notRunBecause,
            boolean elsewhere) {}

    /** @throws ProblemException when the VM never had a host, or its cluster is mapped to no extension */
    ActionTarget of(Vm vm) {
        var hostId = vm.hostId() != null ? vm.hostId() : vm.lastHostId();
        if (hostId == null) {
            throw ProblemException.conflict(
                    "vm-not-placed", "VM '" + vm.name() + "' has never been on a host, so no extension can be asked");
        }
        return on(hostId);
    }

    /** The extension that speaks for the VM; empty when it never had a host, or its cluster is mapped to none. */
    Optional<Extension> extensionOf(Vm vm) {
        return Optional.ofNullable(vm.hostId() != null ? vm.hostId() : vm.lastHostId())
                .flatMap(host -> extensions.ofCluster(hosts.get(host).clusterId()));
    }

    /** @throws ProblemException when there is no such host, or its cluster is mapped to no extension */
    ActionTarget on(UUID hostId) {
        var host = hosts.get(hostId);
        var mapping = extensions
                .mappingOf(host.clusterId())
                .orElseThrow(() -> ProblemException.conflict(
                        "cluster-not-mapped",
                        "The cluster of host '" + host.name() + "' is not mapped to an extension"));
        var extension = canaries.on(hostId, extensions.get(mapping.extensionId()));
        return target(
                extension,
                new Target(
                        extension.id(),
                        mapping.id(),
                        hostId,
                        extension.manifest().plainDetails()));
    }

    /** The details that the extension is given under their own names among the VM's. */
    Set<String> plainDetails(UUID extension) {
        return extensions.get(extension).manifest().plainDetails();
    }

    private ActionTarget target(Extension extension, Target target) {
        if (!extension.enabled()) {
            return new ActionTarget(extension, target, null, "Extension '" + extension.name() + "' is disabled", false);
        }
        var readiness = nodes.here(extension);
        if (readiness.ready()) {
            return new ActionTarget(extension, target, readiness.digest(), null, false);
        }
        return new ActionTarget(
                extension, target, null, readiness.refusal(extension), nodes.isReadyElsewhere(extension));
    }
}
