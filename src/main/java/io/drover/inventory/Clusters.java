package io.drover.inventory;

import io.drover.access.Actor;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The clusters. A reference is a name or an id. */
@Service
public class Clusters {
    private static final String THING = "cluster";
    private static final int MOST_IN_DESCRIPTION = 1000;

    private final JdbcClient jdbc;
    private final NamedRows<Cluster> rows;
    private final Details details;
    private final History history;
    private final Clock clock;

    Clusters(JdbcClient jdbc, Details details, History history, Clock clock) {
        this.jdbc = jdbc;
        this.rows = new NamedRows<>(jdbc, THING, Clusters::toCluster);
        this.details = details;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Adds a cluster.
     *
     * @throws io.drover.problem.ProblemException when the request is invalid or the name is taken
     */
    @Transactional
    public Cluster create(ClusterSpec spec, Actor actor) {
        var id = UUID.randomUUID();
        check(id, spec, spec.name());
        var values = columns(String.valueOf(spec.name()), Texts.orNull(spec.description()));
        values.put("id", id);
        values.put("created_at", OffsetDateTime.now(clock));
        rows.insert(values);
        return saved(id, spec, "cluster.created", actor);
    }

    /** The cluster, or a refusal {@code cluster-not-found}. */
    public Cluster get(String reference) {
        return rows.get(reference);
    }

    /** The cluster, if there is one. */
    public Optional<Cluster> find(String reference) {
        return rows.find(reference);
    }

    /** The clusters in the order of their names. */
    public Page<Cluster> list(PageRequest page) {
        return rows.page(page, Map.of(), Cluster::name);
    }

    /** The names of several clusters in one query. */
    public Map<UUID, String> names(Collection<UUID> ids) {
        return rows.names(ids);
    }

    /** Changes the fields that are given. */
    @Transactional
    public Cluster update(String reference, ClusterSpec spec, Actor actor) {
        var old = rows.locked(reference);
        var name = spec.name() == null ? old.name() : spec.name();
        check(old.id(), spec, name);
        rows.update(old.id(), columns(name, Texts.changed(old.description(), spec.description())));
        return saved(old.id(), spec, "cluster.updated", actor);
    }

    /** Removes a cluster that has no hosts and no VMs; otherwise refuses with {@code in-use}. */
    @Transactional
    public void delete(String reference, Actor actor) {
        var cluster = rows.get(reference);
        new Usage(jdbc, cluster.id())
                .hosts()
                .vms("cluster_id", "wished_cluster_id")
                .refuse(THING, cluster.name());
        new Usage(jdbc, cluster.id()).forgetExpunged("cluster_id").forgetExpunged("wished_cluster_id");
        details.remove(DetailOwner.CLUSTER, cluster.id());
        rows.delete(cluster.id(), cluster.name());
        history.append(actor, "cluster.deleted", subject(cluster), Map.of());
    }

    private void check(UUID id, ClusterSpec spec, @Nullable String name) {
        var findings = new Findings();
        findings.name(name);
        findings.text("/description", spec.description(), MOST_IN_DESCRIPTION);
        details.check(findings, DetailOwner.CLUSTER, id, spec.details());
        findings.refuse();
    }

    private Cluster saved(UUID id, ClusterSpec spec, String kind, Actor actor) {
        if (spec.details() != null) {
            details.merge(DetailOwner.CLUSTER, id, spec.details());
        }
        var cluster = rows.get(id);
        history.append(actor, kind, subject(cluster), Map.of("details", Texts.names(spec.details())));
        return cluster;
    }

    private static Subject subject(Cluster cluster) {
        return new Subject(THING, cluster.id(), cluster.name());
    }

    private static Map<String, @Nullable Object> columns(String name, @Nullable String description) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("description", description);
        return values;
    }

    private static Cluster toCluster(ResultSet row, int number) throws SQLException {
        return new Cluster(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("description"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
