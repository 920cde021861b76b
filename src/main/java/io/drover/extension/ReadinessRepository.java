package io.drover.extension;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What each node found at its last look; only the node itself writes its rows. */
@Repository
class ReadinessRepository {
    private static final String UPDATE = """
            UPDATE extension_readiness SET ready = :ready, reason = :reason, digest = :digest, checked_at = :at
            WHERE extension_id = :extension AND node = :node
            """;
    private static final String ADD = """
            INSERT INTO extension_readiness (extension_id, node, ready, reason, digest, checked_at)
            SELECT id, :node, :ready, :reason, :digest, :at FROM extension WHERE id = :extension
            """;
    private static final String ACCEPT = """
            UPDATE extension SET digest = :digest, listing = :listing
            WHERE id = :extension AND managed = FALSE AND (digest IS NULL OR digest <> :digest)
            """;

    private final JdbcClient jdbc;

    ReadinessRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(UUID extension, String node, Readiness readiness, Instant at) {
        if (write(UPDATE, extension, node, readiness, at) == 0) {
            write(ADD, extension, node, readiness, at);
        }
    }

    List<NodeReadiness> of(UUID extension) {
        return jdbc.sql("SELECT * FROM extension_readiness WHERE extension_id = :extension ORDER BY node")
                .param("extension", extension)
                .query(ReadinessRepository::toReadiness)
                .list();
    }

    /** Makes these the files that nodes run of an extension that has a folder on each node. */
    void accept(UUID extension, String digest, String listing) {
        jdbc.sql(ACCEPT)
                .param("extension", extension)
                .param("digest", digest)
                .param("listing", listing)
                .update();
    }

    /** What the files that nodes run are, file by file; empty when no node has seen them yet. */
    Optional<String> listing(UUID extension) {
        return jdbc.sql("SELECT listing FROM extension WHERE id = :extension AND listing IS NOT NULL")
                .param("extension", extension)
                .query(String.class)
                .optional();
    }

    private int write(String statement, UUID extension, String node, Readiness readiness, Instant at) {
        return jdbc.sql(statement)
                .param("extension", extension)
                .param("node", node)
                .param("ready", readiness.ready())
                .param("reason", readiness.reason())
                .param("digest", readiness.digest())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static NodeReadiness toReadiness(ResultSet row, int number) throws SQLException {
        return new NodeReadiness(
                row.getString("node"),
                new Readiness(row.getBoolean("ready"), row.getString("reason"), row.getString("digest")),
                row.getObject("checked_at", OffsetDateTime.class).toInstant());
    }
}
