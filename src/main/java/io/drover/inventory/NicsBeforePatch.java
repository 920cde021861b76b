package io.drover.inventory;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The addresses that NICs had before prepare's first patch, for as long as the patch may have to be taken back. */
@Repository
class NicsBeforePatch {
    private static final String KEEP = """
            INSERT INTO nic_before_patch (nic_id, mac, ip, ip6)
            SELECT id, mac, ip, ip6 FROM nic
            WHERE id = :id AND NOT EXISTS (SELECT 1 FROM nic_before_patch WHERE nic_id = :id)
            """;
    private static final String OF_VM = """
            SELECT n.id, n.vm_id, n.network_id, n.device_id, b.mac, b.ip, b.ip6, n.default_nic
            FROM nic_before_patch b JOIN nic n ON n.id = b.nic_id WHERE n.vm_id = :vm ORDER BY n.device_id
            """;
    private static final String FORGET =
            "DELETE FROM nic_before_patch WHERE nic_id IN (SELECT id FROM nic WHERE vm_id = :vm)";

    private final JdbcClient jdbc;

    NicsBeforePatch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the addresses of the NICs that are about to change, unless some are kept already. */
    void keep(List<Nic> changed) {
        changed.forEach(nic -> jdbc.sql(KEEP).param("id", nic.id()).update());
    }

    /** The NICs of a VM as they were before the first patch, by id; those that no patch has changed are missing. */
    Map<UUID, Nic> ofVm(UUID vm) {
        return jdbc.sql(OF_VM).param("vm", vm).query(NicRepository::toNic).list().stream()
                .collect(Collectors.toMap(Nic::id, Function.identity()));
    }

    void forget(UUID vm) {
        jdbc.sql(FORGET).param("vm", vm).update();
    }
}
