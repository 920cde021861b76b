package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.access.SecretNames;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The hosts. A reference is a name or an id. */
@Service
public class Hosts {
    private static final String THING = "host";

    private final JdbcClient jdbc;
    private final NamedRows<Host> rows;
    private final Clusters clusters;
    private final Details details;
    private final ObjectProvider<DeclaredDetails> declared;
    private final History history;
    private final Clock clock;

    Hosts(
            JdbcClient jdbc,
            Clusters clusters,
            Details details,
            ObjectProvider<DeclaredDetails> declared,
            History history,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = new NamedRows<>(jdbc, THING, Hosts::toHost);
        this.clusters = clusters;
        this.details = details;
        this.declared = declared;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Adds a host.
     *
     * @throws io.drover.problem.ProblemException when the request is invalid or the name is taken
     */
    @Transactional
    public Host create(HostSpec spec, Actor actor) {
        var id = UUID.randomUUID();
        var cluster = check(id, spec, spec.name(), spec.cluster(), true);
        var state = spec.state() == null ? HostState.Up : spec.state();
        var values = columns(String.valueOf(spec.name()), cluster.id(), state);
        values.put("id", id);
        values.put("created_at", OffsetDateTime.now(clock));
        rows.insert(values);
        return saved(id, spec, "host.created", actor);
    }

    /** The host, or a refusal {@code host-not-found}. */
    public Host get(String reference) {
        return rows.get(reference);
    }

    /** The host with this id, or a refusal. */
    public Host get(UUID id) {
        return rows.get(id);
    }

    /** The host, if there is one. */
    public Optional<Host> find(String reference) {
        return rows.find(reference);
    }

    /** The hosts in the order of their names, of one of the clusters, or of all when none is given. */
    public Page<Host> list(PageRequest page, Collection<String> of) {
        var ids = of.stream().map(cluster -> clusters.get(cluster).id()).toList();
        return rows.page(page, Map.of("cluster_id", ids), Host::name);
    }

    /** The names of several hosts in one query. */
    public Map<UUID, String> names(Collection<UUID> ids) {
        return rows.names(ids);
    }

    /** Changes the fields that are given. A host with VMs stays in its cluster. */
    @Transactional
    public Host update(String reference, HostSpec spec, Actor actor) {
        var old = rows.locked(reference);
        var name = spec.name() == null ? old.name() : spec.name();
        var clusterRef = spec.cluster() == null ? old.clusterId().toString() : spec.cluster();
        boolean anew = spec.details() != null || spec.cluster() != null;
        var cluster = check(old.id(), spec, name, clusterRef, anew);
        if (anew && actor.role() != RoleType.ADMIN) {
            refuseSecretsToOtherPlaces(old, cluster, spec);
        }
        if (!cluster.id().equals(old.clusterId())) {
            new Usage(jdbc, old.id()).vms("host_id").refuse(THING, old.name());
        }
        rows.update(old.id(), columns(name, cluster.id(), spec.state() == null ? old.state() : spec.state()));
        return saved(old.id(), spec, "host.updated", actor);
    }

    /** Removes a host that has no VMs; otherwise refuses with {@code in-use}. */
    @Transactional
    public void delete(String reference, Actor actor) {
        var host = rows.get(reference);
        new Usage(jdbc, host.id())
                .vms("host_id", "last_host_id", "wished_host_id")
                .refuse(THING, host.name());
        new Usage(jdbc, host.id())
                .forgetExpunged("host_id")
                .forgetExpunged("last_host_id")
                .forgetExpunged("wished_host_id");
        details.remove(DetailOwner.HOST, host.id());
        rows.delete(host.id(), host.name());
        history.append(actor, "host.deleted", subject(host), Map.of());
    }

    /** @param asDeclared whether the details must be as the cluster's extension declares them */
    private Cluster check(
            UUID id, HostSpec spec, @Nullable String name, @Nullable String clusterRef, boolean asDeclared) {
        var findings = new Findings();
        findings.name(name);
        var cluster = findings.known("/cluster", "cluster", clusterRef, clusters::find);
        details.check(findings, DetailOwner.HOST, id, spec.details());
        if (asDeclared && cluster != null) {
            var all = details.after(DetailOwner.HOST, id, spec.details());
            declared.ifAvailable(extensions -> findings.addAll(extensions.ofHost(cluster.id(), all)));
        }
        findings.refuse();
        return Objects.requireNonNull(cluster);
    }

    private void refuseSecretsToOtherPlaces(Host old, Cluster cluster, HostSpec spec) {
        var findings = new Findings();
        var before = details.of(DetailOwner.HOST, old.id());
        var after = details.after(DetailOwner.HOST, old.id(), spec.details());
        Set<String> given = spec.details() == null ? Set.of() : SecretNames.given(spec.details());
        declared.ifAvailable(extensions ->
                findings.addAll(extensions.ofHostMoved(old.clusterId(), cluster.id(), before, after, given)));
        findings.refuse();
    }

    private Host saved(UUID id, HostSpec spec, String kind, Actor actor) {
        if (spec.details() != null) {
            details.merge(DetailOwner.HOST, id, spec.details());
        }
        var host = rows.get(id);
        history.append(
                actor,
                kind,
                subject(host),
                Map.of("cluster", host.clusterId(), "state", host.state(), "details", Texts.names(spec.details())));
        return host;
    }

    private static Subject subject(Host host) {
        return new Subject(THING, host.id(), host.name());
    }

    private static Map<String, @Nullable Object> columns(String name, UUID cluster, HostState state) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("cluster_id", cluster);
        values.put("state", state.name());
        return values;
    }

    static Host toHost(ResultSet row, int number) throws SQLException {
        return new Host(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("cluster_id", UUID.class),
                HostState.valueOf(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
