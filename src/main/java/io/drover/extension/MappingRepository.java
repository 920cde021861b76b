package io.drover.extension;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MappingRepository {
    private static final String FIND = """
            SELECT m.id, m.extension_id, m.cluster_id, c.name
            FROM resource_map m JOIN cluster c ON c.id = m.cluster_id
            """;

    private final JdbcClient jdbc;

    MappingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Mapping mapping, Instant at) {
        jdbc.sql("INSERT INTO resource_map (id, extension_id, cluster_id, created_at) VALUES (?, ?, ?, ?)")
                .params(mapping.id(), mapping.extensionId(), mapping.clusterId(), at.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean delete(UUID id) {
        return jdbc.sql("DELETE FROM resource_map WHERE id = ?").param(id).update() == 1;
    }

    Optional<Mapping> ofCluster(UUID clusterId) {
        return jdbc.sql(FIND + "WHERE m.cluster_id = ?")
                .param(clusterId)
                .query(MappingRepository::toMapping)
                .optional();
    }

    List<Mapping> ofExtension(UUID extensionId) {
        return jdbc.sql(FIND + "WHERE m.extension_id = ? ORDER BY c.name")
                .param(extensionId)
                .query(MappingRepository::toMapping)
                .list();
    }

    List<UUID> clusters() {
        return jdbc.sql("SELECT cluster_id FROM resource_map ORDER BY created_at, cluster_id")
                .query(UUID.class)
                .list();
    }

    /** The names of the cluster's hosts, by id. */
    Map<UUID, String> hosts(UUID cluster) {
        Map<UUID, String> hosts = new LinkedHashMap<>();
        jdbc.sql("SELECT id, name FROM host WHERE cluster_id = :cluster ORDER BY name")
                .param("cluster", cluster)
                .query(row -> {
                    hosts.put(row.getObject("id", UUID.class), row.getString("name"));
                });
        return hosts;
    }

    private static Mapping toMapping(ResultSet row, int number) throws SQLException {
        return new Mapping(
                row.getObject("id", UUID.class),
                row.getObject("extension_id", UUID.class),
                row.getObject("cluster_id", UUID.class),
                row.getString("name"));
    }

    /** How many VMs are or were on hosts of the cluster and are not expunged. */
    long countVms(UUID cluster) {
        return jdbc.sql("SELECT COUNT(*) FROM vm WHERE cluster_id = :cluster AND state <> 'Expunged'")
                .param("cluster", cluster)
                .query(Long.class)
                .single();
    }
}
