package io.drover.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what stands in the way of deleting or moving a thing: the hosts, VMs and NICs that use it. */
final class Usage {
    private final JdbcClient jdbc;
    private final UUID id;
    private final List<String> users = new ArrayList<>();

    Usage(JdbcClient jdbc, UUID id) {
        this.jdbc = jdbc;
        this.id = id;
    }

    Usage hosts() {
        return count("SELECT count(*) AS users, min(name) AS example FROM host WHERE cluster_id = :id", "host");
    }

    /** VMs that are not expunged and have the id in one of the given columns of their table. */
    Usage vms(String... columns) {
        return count(
                "SELECT count(*) AS users, min(name) AS example FROM vm WHERE live_name IS NOT NULL AND :id IN ("
                        + String.join(", ", columns) + ")",
                "VM");
    }

    /** VMs that have a NIC in the network. */
    Usage nics() {
        return count("""
                SELECT count(DISTINCT vm.id) AS users, min(vm.name) AS example
                FROM nic JOIN vm ON vm.id = nic.vm_id WHERE nic.network_id = :id
                """, "VM");
    }

    /** Refuses if anything was found. */
    void refuse(String thing, String name) {
        if (!users.isEmpty()) {
            throw NamedRows.inUse(thing, name, String.join(" and ", users));
        }
    }

    private Usage count(String sql, String user) {
        jdbc.sql(sql).param("id", id).query(row -> {
            long count = row.getLong("users");
            if (count > 0) {
                users.add(count + " " + user + (count == 1 ? "" : "s") + ", e.g. '" + row.getString("example") + "'");
            }
        });
        return this;
    }

    /** Takes the thing off the records of expunged VMs, which nobody needs in order to keep them. */
    Usage forgetExpunged(String column) {
        jdbc.sql("UPDATE vm SET " + column + " = NULL WHERE live_name IS NULL AND " + column + " = :id")
                .param("id", id)
                .update();
        return this;
    }
}
