package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.page.Listing;
import io.drover.page.Order;
import io.drover.page.Page;
import io.drover.page.PageReader;
import io.drover.page.PageRequest;
import io.drover.page.Path.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Repository;

/** The list of VMs, page by page. */
@Repository
class VmPages {
    private static final Order ORDER = Order.ofIds("vm", "created_at");
    private static final Set<VmState> LIVING = EnumSet.complementOf(EnumSet.of(VmState.Expunged));

    private final PageReader pages;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Templates templates;
    private final Reach reach;

    VmPages(PageReader pages, Clusters clusters, Hosts hosts, Templates templates, Reach reach) {
        this.pages = pages;
        this.clusters = clusters;
        this.hosts = hosts;
        this.templates = templates;
        this.reach = reach;
    }

    /** A page of the VMs that the actor reaches, newest first. */
    Page<Vm> page(VmQuery query, PageRequest page, Actor actor) {
        var hosting = ids(query.hosts(), host -> hosts.get(host).id());
        var clustered = ids(query.clusters(), cluster -> clusters.get(cluster).id());
        var templated =
                ids(query.templates(), template -> templates.get(template).id());
        var states = Step.of("state", query.states().isEmpty() ? LIVING : query.states());
        var list = new Listing(ORDER)
                .filter("name", query.names())
                .filter("host_id", hosting)
                .filter("cluster_id", clustered)
                .filter("template_id", templated)
                .filter("power_state", query.powerStates())
                .along(Step.of("name", query.names()), states);
        reach.narrow(list, "owner_id", "domain", actor).ifPresent(tenant -> list.along(tenant, states));
        list.along(Step.of("host_id", hosting), states)
                .along(Step.of("power_state", query.powerStates()), states)
                .along(Step.of("template_id", templated), states)
                .along(Step.of("cluster_id", clustered), states)
                .alongIfNone(states);
        return pages.read(list, page, VmRepository::toVm, vm -> Order.position(vm.createdAt(), vm.id()));
    }

    private static List<UUID> ids(Set<String> references, Function<String, UUID> resolve) {
        return references.stream().map(resolve).distinct().toList();
    }
}
