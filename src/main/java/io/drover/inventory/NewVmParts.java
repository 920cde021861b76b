package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Looks up what a request for a new VM refers to. */
@Component
class NewVmParts {
    private static final int MOST_NICS = 16;

    private final Templates templates;
    private final ServiceOfferings offerings;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Networks networks;
    private final Details details;
    private final ObjectProvider<DeclaredDetails> declared;
    private final ObjectProvider<ClusterDrivers> drivers;

    NewVmParts(
            Templates templates,
            ServiceOfferings offerings,
            Clusters clusters,
            Hosts hosts,
            Networks networks,
            Details details,
            ObjectProvider<DeclaredDetails> declared,
            ObjectProvider<ClusterDrivers> drivers) {
        this.drivers = drivers;
        this.templates = templates;
        this.offerings = offerings;
        this.clusters = clusters;
        this.hosts = hosts;
        this.networks = networks;
        this.details = details;
        this.declared = declared;
    }

    /** The things that a request refers to; refuses it, saying everything that is wrong, when one is missing. */
    Parts resolve(UUID id, NewVm request, Actor actor) {
        var findings = new Findings();
        findings.name(request.name());
        var template = findings.known("/template", "template", request.template(), templates::find);
        var offering =
                findings.known("/serviceOffering", "service offering", request.serviceOffering(), offerings::find);
        var placement = placement(findings, request);
        var found = networks(findings, asked(request));
        details.check(findings, DetailOwner.VM, id, request.details());
        checkDrivers(findings, request, template, placement);
        checkDeclared(findings, request, template, offering, placement, actor);
        findings.refuse();
        return new Parts(
                Objects.requireNonNull(template),
                Objects.requireNonNull(offering),
                placement.cluster(),
                placement.host(),
                found);
    }

    /** Refuses what no host could ever take as things are. */
    private void checkDrivers(Findings findings, NewVm request, @Nullable Template template, Placement placement) {
        var known = drivers.getIfAvailable();
        if (known == null) {
            return;
        }
        var wanted = template == null ? null : template.extensionId();
        if (placement.cluster() == null) {
            if (wanted != null && !known.drives(wanted) && request.cluster() == null && request.host() == null) {
                findings.add(
                        "/template",
                        "belongs to extension '" + known.name(wanted) + "', which no cluster is mapped to",
                        request.template());
            }
            return;
        }
        var pointer = request.cluster() == null ? "/host" : "/cluster";
        var value = request.cluster() == null ? request.host() : request.cluster();
        var driver = known.extensionOf(placement.cluster());
        if (driver.isEmpty()) {
            findings.add(pointer, "must be of a cluster that is mapped to an extension", value);
        } else if (template != null && wanted != null && !wanted.equals(driver.get())) {
            findings.add(
                    pointer,
                    "must be driven by extension '" + known.name(wanted) + "', which template '" + template.name()
                            + "' belongs to",
                    value);
        }
    }

    private void checkDeclared(
            Findings findings,
            NewVm request,
            @Nullable Template template,
            @Nullable ServiceOffering offering,
            Placement placement,
            Actor actor) {
        var manifests = declared.getIfAvailable();
        if (manifests == null) {
            return;
        }
        Map<String, String> given = request.details() == null ? Map.of() : request.details();
        if (actor.role() != RoleType.ADMIN) {
            given.keySet().stream()
                    .filter(manifests.reserved()::contains)
                    .forEach(
                            name -> findings.add(DetailRules.pointer(name), "only an Admin may set this detail", null));
        }
        if (template != null && offering != null) {
            findings.addAll(manifests.ofVm(placement.cluster(), template, offering.id(), given));
        }
    }

    private Placement placement(Findings findings, NewVm request) {
        var cluster = request.cluster() == null
                ? null
                : findings.known("/cluster", "cluster", request.cluster(), clusters::find);
        var host = request.host() == null ? null : findings.known("/host", "host", request.host(), hosts::find);
        if (host != null && host.state() != HostState.Up) {
            findings.add("/host", "must be a host that is Up, this one is " + host.state(), request.host());
        }
        if (host != null && cluster != null && !host.clusterId().equals(cluster.id())) {
            findings.add("/host", "must be a host of cluster '" + cluster.name() + "'", request.host());
        }
        var clusterId = cluster == null ? null : cluster.id();
        return host == null ? new Placement(clusterId, null) : new Placement(host.clusterId(), host.id());
    }

    private List<Network> networks(Findings findings, List<NewNic> asked) {
        if (asked.size() > MOST_NICS) {
            findings.add("/networks", "must be at most " + MOST_NICS, asked.size());
            return List.of();
        }
        List<Network> found = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            var pointer = "/networks/" + i;
            var network = findings.known(pointer, "network", asked.get(i).network(), networks::find);
            if (network != null) {
                found.add(network);
            }
        }
        return found;
    }

    /** The NICs asked for; one that is given as null is one without a network. */
    static List<NewNic> asked(NewVm request) {
        if (request.networks() == null) {
            return List.of();
        }
        return request.networks().stream()
                .map(nic -> Objects.requireNonNullElseGet(nic, () -> new NewNic(null, null, null, null)))
                .toList();
    }

    private record Placement(
            @Nullable UUID cluster, @Nullable UUID host) {}

    /** What a valid request refers to; {@code networks} has one for each NIC. */
    record Parts(
            Template template,
            ServiceOffering offering,
            @Nullable UUID cluster,
            @Nullable UUID host,
            List<Network> networks) {}
}
