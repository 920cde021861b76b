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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The networks. A reference is a name or an id. */
@Service
public class Networks {
    private static final String THING = "network";
    private static final List<String> FIXED_WHILE_USED = List.of("cidr", "vlan", "cidr6");

    private final JdbcClient jdbc;
    private final NamedRows<Network> rows;
    private final Details details;
    private final History history;
    private final Clock clock;

    Networks(JdbcClient jdbc, Details details, History history, Clock clock) {
        this.jdbc = jdbc;
        this.rows = new NamedRows<>(jdbc, THING, Networks::toNetwork);
        this.details = details;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Adds a network.
     *
     * @throws io.drover.problem.ProblemException when the request is invalid or the name is taken
     */
    @Transactional
    public Network create(NetworkSpec spec, Actor actor) {
        var id = UUID.randomUUID();
        var values = checked(id, spec, null);
        values.put("id", id);
        values.put("created_at", OffsetDateTime.now(clock));
        rows.insert(values);
        return saved(id, spec, "network.created", actor);
    }

    /** The network, or a refusal {@code network-not-found}. */
    public Network get(String reference) {
        return rows.get(reference);
    }

    /** The network with this id, or a refusal. */
    public Network get(UUID id) {
        return rows.get(id);
    }

    /** The network, if there is one. */
    public Optional<Network> find(String reference) {
        return rows.find(reference);
    }

    /** Several networks in one query. */
    public List<Network> all(Collection<UUID> ids) {
        return rows.all(ids);
    }

    /** Several networks, their addresses reserved for this transaction to give out. */
    List<Network> lock(Collection<UUID> ids) {
        return rows.lock(ids);
    }

    /** The networks in the order of their names. */
    public Page<Network> list(PageRequest page) {
        return rows.page(page, Map.of(), Network::name);
    }

    /** Changes the fields that are given. While NICs are in it, a network keeps its ranges, its VLAN and their addresses. */
    @Transactional
    public Network update(String reference, NetworkSpec spec, Actor actor) {
        var old = rows.locked(reference);
        var id = old.id();
        var values = checked(id, spec, old);
        if (FIXED_WHILE_USED.stream().anyMatch(column -> !Objects.equals(values.get(column), column(old, column)))) {
            new Usage(jdbc, id).nics().refuse(THING, old.name());
        }
        refuseGatewayOfNic(id, values);
        rows.update(id, values);
        return saved(id, spec, "network.updated", actor);
    }

    /** Removes a network that no VM is in; otherwise refuses with {@code in-use}. */
    @Transactional
    public void delete(String reference, Actor actor) {
        var network = rows.get(reference);
        new Usage(jdbc, network.id()).nics().refuse(THING, network.name());
        details.remove(DetailOwner.NETWORK, network.id());
        rows.delete(network.id(), network.name());
        history.append(actor, "network.deleted", subject(network), Map.of());
    }

    private Map<String, @Nullable Object> checked(UUID id, NetworkSpec spec, @Nullable Network old) {
        var findings = new Findings();
        var values = new NetworkRules(findings, spec, old).columns();
        details.check(findings, DetailOwner.NETWORK, id, spec.details());
        findings.refuse();
        return values;
    }

    private void refuseGatewayOfNic(UUID id, Map<String, @Nullable Object> values) {
        var findings = new Findings();
        for (var column : Map.of("gateway", "ip", "gateway6", "ip6").entrySet()) {
            var gateway = values.get(column.getKey());
            if (gateway != null) {
                jdbc.sql("SELECT vm_id FROM nic WHERE network_id = :id AND " + column.getValue() + " = :gateway")
                        .param("id", id)
                        .param("gateway", gateway)
                        .query(UUID.class)
                        .optional()
                        .ifPresent(vm -> findings.add("/" + column.getKey(), "is the address of VM " + vm, gateway));
            }
        }
        findings.refuse();
    }

    private static @Nullable Object column(Network network, String name) {
        return switch (name) {
            case "cidr" -> network.cidr();
            case "vlan" -> network.vlan();
            default -> network.cidr6();
        };
    }

    private Network saved(UUID id, NetworkSpec spec, String kind, Actor actor) {
        if (spec.details() != null) {
            details.merge(DetailOwner.NETWORK, id, spec.details());
        }
        var network = rows.get(id);
        history.append(
                actor, kind, subject(network), Map.of("cidr", ranges(network), "details", Texts.names(spec.details())));
        return network;
    }

    private static List<String> ranges(Network network) {
        return Stream.of(network.cidr(), network.cidr6())
                .filter(Objects::nonNull)
                .toList();
    }

    private static Subject subject(Network network) {
        return new Subject(THING, network.id(), network.name());
    }

    private static Network toNetwork(ResultSet row, int number) throws SQLException {
        return new Network(
                row.getObject("id", UUID.class),
                row.getLong("num"),
                row.getString("name"),
                row.getString("cidr"),
                row.getString("gateway"),
                row.getObject("vlan", Integer.class),
                row.getString("cidr6"),
                row.getString("gateway6"),
                row.getString("dns1"),
                row.getString("dns2"),
                row.getString("dns6_1"),
                row.getString("dns6_2"),
                row.getInt("rate_mbps"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
