package io.drover.inventory;

import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class VmRepository {
    private static final String ADD = """
            INSERT INTO vm (id, name, live_name, internal_name, state, power_state, owner_id, domain, template_id,
                service_offering_id, cluster_id, host_id, wished_cluster_id, wished_host_id, vnc_password, creation,
                created_at)
            VALUES (:id, :name, :name, '', 'Allocated', 'PowerUnknown', :owner, :domain, :template,
                :offering, :cluster, :host, :cluster, :host, :vncPassword, 'Never', :createdAt)
            """;

    /** A VM that was created goes back to where it was; one that was not goes anywhere it may, rather not where that failed. */
    private static final String CANDIDATES = """
            SELECT host.* FROM host JOIN vm ON vm.id = :vm
            WHERE host.state = 'Up'
              AND (vm.creation = 'Created' AND (vm.host_id IS NULL OR host.id = vm.host_id)
                                           AND (vm.cluster_id IS NULL OR host.cluster_id = vm.cluster_id)
                OR vm.creation <> 'Created' AND (vm.wished_host_id IS NULL OR host.id = vm.wished_host_id)
                                            AND (vm.wished_cluster_id IS NULL OR host.cluster_id = vm.wished_cluster_id))
            ORDER BY CASE WHEN host.id = vm.last_host_id THEN (CASE WHEN vm.creation = 'Created' THEN 0 ELSE 2 END) ELSE 1 END,
                     (SELECT COUNT(*) FROM vm other WHERE other.host_id = host.id), host.name
            """;

    private static final String OBSERVE_POWER = """
            UPDATE vm SET power_state = :power, power_seen_at = :at
            WHERE id = :vm AND (power_seen_at IS NULL OR power_seen_at <= :at)
            """;
    private static final String EXPUNGE = """
            UPDATE vm SET state = 'Expunged', state_reason = NULL, live_name = NULL, vnc_password = NULL,
                creation = 'Never', last_host_id = COALESCE(host_id, last_host_id), host_id = NULL
            WHERE id = :vm AND live_name IS NOT NULL
            """;

    private final JdbcClient jdbc;

    VmRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Vm> find(String reference) {
        boolean byId = Names.isId(reference);
        return jdbc.sql("SELECT * FROM vm WHERE " + (byId ? "id" : "live_name") + " = :key")
                .param("key", byId ? UUID.fromString(reference) : reference)
                .query(VmRepository::toVm)
                .optional();
    }

    /** Those with one of the references as their id or name, expunged ones too. */
    List<Vm> everKnown(Collection<String> references) {
        if (references.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT * FROM vm WHERE id IN (:ids) OR name IN (:names)")
                .param("ids", references.stream().map(Names::idOrNone).toList())
                .param("names", references)
                .query(VmRepository::toVm)
                .list();
    }

    /** Adds a VM and returns its number; the internal name is still to be set. */
    long add(Map<String, @Nullable Object> values) {
        try {
            Busy.orRefuse(() -> jdbc.sql(ADD).params(values).update());
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict(
                    "name-taken", "The name '" + values.get("name") + "' was taken by another VM just now");
        } catch (DataIntegrityViolationException e) {
            throw ProblemException.conflict(
                    "changed-meanwhile", "Something that VM '" + values.get("name") + "' needs was removed just now");
        }
        return jdbc.sql("SELECT num FROM vm WHERE id = :id")
                .param("id", values.get("id"))
                .query(Long.class)
                .single();
    }

    /** Sets columns of one VM, whatever state it is in. */
    boolean set(UUID vm, String assignments, Map<String, @Nullable Object> values) {
        return jdbc.sql("UPDATE vm SET " + assignments + " WHERE id = :vm")
                        .params(values)
                        .param("vm", vm)
                        .update()
                == 1;
    }

    boolean advance(UUID vm, Set<VmState> from, VmState to, @Nullable String reason) {
        return jdbc.sql("UPDATE vm SET state = :to, state_reason = :reason WHERE id = :vm AND state IN (:from)")
                        .param("to", to.name())
                        .param("reason", reason)
                        .param("vm", vm)
                        .param("from", from.stream().map(VmState::name).toList())
                        .update()
                == 1;
    }

    /** Locks a VM against change until the transaction ends; false when it is gone or expunged. */
    boolean lock(UUID vm) {
        return Busy.orRefuse(() -> jdbc.sql("SELECT id FROM vm WHERE id = :vm AND live_name IS NOT NULL FOR UPDATE")
                .param("vm", vm)
                .query(UUID.class)
                .optional()
                .isPresent());
    }

    Optional<String> sealedVncPassword(UUID vm) {
        return jdbc.sql("SELECT vnc_password FROM vm WHERE id = :vm AND vnc_password IS NOT NULL")
                .param("vm", vm)
                .query(String.class)
                .optional();
    }

    void setVncPassword(UUID vm, String sealed) {
        set(vm, "vnc_password = :password", values("password", sealed));
    }

    void observePower(UUID vm, PowerState power, OffsetDateTime at) {
        jdbc.sql(OBSERVE_POWER)
                .param("power", power.name())
                .param("at", at)
                .param("vm", vm)
                .update();
    }

    boolean expunge(UUID vm) {
        return jdbc.sql(EXPUNGE).param("vm", vm).update() == 1;
    }

    Map<UUID, String> names(String table, Collection<UUID> ids) {
        Map<UUID, String> names = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("SELECT id, name FROM " + table + " WHERE id IN (:ids)")
                    .param("ids", ids)
                    .query(row -> {
                        names.put(row.getObject("id", UUID.class), row.getString("name"));
                    });
        }
        return names;
    }

    List<Host> candidates(UUID vm) {
        return jdbc.sql(CANDIDATES).param("vm", vm).query(Hosts::toHost).list();
    }

    static Map<String, @Nullable Object> values(@Nullable Object... pairs) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return values;
    }

    static Vm toVm(ResultSet row, int number) throws SQLException {
        var seen = row.getObject("power_seen_at", OffsetDateTime.class);
        return new Vm(
                row.getObject("id", UUID.class),
                row.getLong("num"),
                row.getString("name"),
                row.getString("internal_name"),
                VmState.valueOf(row.getString("state")),
                row.getString("state_reason"),
                PowerState.valueOf(row.getString("power_state")),
                seen == null ? null : seen.toInstant(),
                row.getObject("owner_id", UUID.class),
                row.getString("domain"),
                row.getObject("template_id", UUID.class),
                row.getObject("service_offering_id", UUID.class),
                row.getObject("cluster_id", UUID.class),
                row.getObject("host_id", UUID.class),
                row.getObject("last_host_id", UUID.class),
                Creation.valueOf(row.getString("creation")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
