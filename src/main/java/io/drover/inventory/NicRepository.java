package io.drover.inventory;

import io.drover.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class NicRepository {
    private static final String ADD = """
            INSERT INTO nic (id, vm_id, network_id, device_id, mac, ip, ip6, default_nic)
            VALUES (:id, :vm, :network, :device, :mac, :ip, :ip6, :default)
            """;
    private static final String FREE = """
            UPDATE nic SET mac = :placeholder, ip = NULL, ip6 = NULL WHERE id = :id
            """;
    private static final String SET = """
            UPDATE nic SET mac = :mac, ip = :ip, ip6 = :ip6 WHERE id = :id
            """;
    private static final int MAC_LENGTH = 17;

    private final JdbcClient jdbc;

    NicRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Nic> ofVms(Collection<UUID> vms) {
        return select("vm_id", vms);
    }

    List<Nic> ofNetworks(Collection<UUID> networks) {
        return select("network_id", networks);
    }

    Optional<UUID> vmWithMac(String mac) {
        return jdbc.sql("SELECT vm_id FROM nic WHERE mac = :mac")
                .param("mac", mac)
                .query(UUID.class)
                .optional();
    }

    void add(Nic nic) {
        try {
            jdbc.sql(ADD)
                    .param("id", nic.id())
                    .param("vm", nic.vmId())
                    .param("network", nic.networkId())
                    .param("device", nic.deviceId())
                    .param("mac", nic.mac())
                    .param("ip", nic.ip())
                    .param("ip6", nic.ip6())
                    .param("default", nic.defaultNic())
                    .update();
        } catch (DuplicateKeyException e) {
            throw takenMeanwhile();
        }
    }

    /** Gives NICs their new addresses; those of all are released first, so that they can be exchanged. */
    void readdress(List<Nic> nics) {
        for (var nic : nics) {
            var placeholder = nic.id().toString().replace("-", "").substring(0, MAC_LENGTH);
            jdbc.sql(FREE)
                    .param("placeholder", placeholder)
                    .param("id", nic.id())
                    .update();
        }
        try {
            for (var nic : nics) {
                jdbc.sql(SET)
                        .param("mac", nic.mac())
                        .param("ip", nic.ip())
                        .param("ip6", nic.ip6())
                        .param("id", nic.id())
                        .update();
            }
        } catch (DuplicateKeyException e) {
            throw takenMeanwhile();
        }
    }

    void removeAll(UUID vm) {
        jdbc.sql("DELETE FROM nic WHERE vm_id = :vm").param("vm", vm).update();
    }

    private static ProblemException takenMeanwhile() {
        return ProblemException.conflict("address-taken", "Another VM took one of the addresses just now; ask again");
    }

    private List<Nic> select(String column, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT * FROM nic WHERE " + column + " IN (:ids) ORDER BY vm_id, device_id")
                .param("ids", ids)
                .query(NicRepository::toNic)
                .list();
    }

    static Nic toNic(ResultSet row, int number) throws SQLException {
        return new Nic(
                row.getObject("id", UUID.class),
                row.getObject("vm_id", UUID.class),
                row.getObject("network_id", UUID.class),
                row.getInt("device_id"),
                row.getString("mac"),
                row.getString("ip"),
                row.getString("ip6"),
                row.getBoolean("default_nic"));
    }
}
