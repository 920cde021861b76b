package io.drover.operation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts the actions that wait or run. */
@Repository
class BacklogRepository {
    private static final String COUNT = """
            SELECT a.node, a.extension_id, MAX(a.extension_name) AS extension_name, a.host_id, MAX(h.name) AS host_name, o.verb,
                   COUNT(CASE WHEN a.state = 'PENDING' THEN 1 END) AS waiting,
                   COUNT(CASE WHEN a.state = 'RUNNING' THEN 1 END) AS running,
                   MIN(CASE WHEN a.state = 'PENDING' THEN a.requested_at END) AS oldest
            FROM action a JOIN operation o ON o.id = a.operation_id LEFT JOIN host h ON h.id = a.host_id
            WHERE %s
            GROUP BY a.node, a.extension_id, a.host_id, o.verb
            ORDER BY node, extension_name, host_name, verb
            """;
    private static final String ALL = COUNT.formatted("a.state IN ('PENDING', 'RUNNING')");
    private static final String RUNNING = COUNT.formatted("a.state = 'RUNNING' AND a.node = :node");

    private final JdbcClient jdbc;

    BacklogRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The actions of one node, extension, host and verb of operation. */
    record Count(
            String node,
            UUID extensionId,
            String extension,
            @Nullable UUID hostId,
            @Nullable String host,
            String verb,
            int waiting,
            int running,
            @Nullable Instant oldest) {}

    List<Count> all() {
        return jdbc.sql(ALL).query(BacklogRepository::toCount).list();
    }

    List<Count> runningOn(String node) {
        return jdbc.sql(RUNNING)
                .param("node", node)
                .query(BacklogRepository::toCount)
                .list();
    }

    private static Count toCount(ResultSet row, int number) throws SQLException {
        return new Count(
                row.getString("node"),
                row.getObject("extension_id", UUID.class),
                row.getString("extension_name"),
                row.getObject("host_id", UUID.class),
                row.getString("host_name"),
                row.getString("verb"),
                row.getInt("waiting"),
                row.getInt("running"),
                OperationRepository.instant(row, "oldest"));
    }
}
