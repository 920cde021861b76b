package io.drover.inventory;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what VMs must match into columns and their values. */
@Component
class VmFilters {
    private final Clusters clusters;
    private final Hosts hosts;
    private final Templates templates;

    VmFilters(Clusters clusters, Hosts hosts, Templates templates) {
        this.clusters = clusters;
        this.hosts = hosts;
        this.templates = templates;
    }

    Map<String, @Nullable Object> columns(VmQuery query) {
        return VmRepository.values(
                "state", query.state() == null ? null : query.state().name(),
                "cluster_id",
                        query.cluster() == null
                                ? null
                                : clusters.get(query.cluster()).id(),
                "host_id", query.host() == null ? null : hosts.get(query.host()).id(),
                "template_id",
                        query.template() == null
                                ? null
                                : templates.get(query.template()).id(),
                "name", query.name());
    }
}
