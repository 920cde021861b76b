package io.drover.node;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code node}. All times are the database's, so that the nodes' clocks need not agree. */
class NodeRepository {
    private static final String COLUMNS = """
            SELECT name, incarnation, started_at, renewed_at, lease_until, stopped_at, fenced, gone,
                   lease_until > CURRENT_TIMESTAMP AS held
            FROM node
            """;
    private static final String ADD = """
            INSERT INTO node (name, incarnation, started_at, renewed_at, lease_until, fenced, gone)
            VALUES (:name, :incarnation, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP + INTERVAL '%d' SECOND, FALSE, FALSE)
            """;
    private static final String BEGIN = """
            UPDATE node SET incarnation = :incarnation, started_at = CURRENT_TIMESTAMP, renewed_at = CURRENT_TIMESTAMP,
                   lease_until = CURRENT_TIMESTAMP + INTERVAL '%d' SECOND, stopped_at = NULL, gone = FALSE
            WHERE name = :name
            """;
    private static final String RENEW = """
            UPDATE node SET renewed_at = CURRENT_TIMESTAMP, lease_until = CURRENT_TIMESTAMP + INTERVAL '%d' SECOND,
                   fenced = :fenced, gone = FALSE
            WHERE name = :name AND incarnation = :incarnation
            """;
    private static final String STOP = """
            UPDATE node SET stopped_at = CURRENT_TIMESTAMP, lease_until = CURRENT_TIMESTAMP + INTERVAL '%d' SECOND
            WHERE name = :name AND incarnation = :incarnation
            """;

    private final JdbcClient jdbc;

    NodeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row of the table.
     *
     * @param held whether the lease is not over
     * @param fenced whether a watchdog ends its programs before the lease is over
     */
    record Row(
            String name,
            UUID incarnation,
            Instant startedAt,
            Instant renewedAt,
            Instant leaseUntil,
            @Nullable Instant stoppedAt,
            boolean fenced,
            boolean gone,
            boolean held) {}

    List<Row> all() {
        return jdbc.sql(COLUMNS + "ORDER BY name").query(NodeRepository::toRow).list();
    }

    Optional<Row> find(String name) {
        return jdbc.sql(COLUMNS + "WHERE name = :name")
                .param("name", name)
                .query(NodeRepository::toRow)
                .optional();
    }

    /** The row, locked against the node's own renewals until the transaction ends. */
    Optional<Row> lock(String name) {
        return jdbc.sql(COLUMNS + "WHERE name = :name FOR UPDATE")
                .param("name", name)
                .query(NodeRepository::toRow)
                .optional();
    }

    void add(String name, UUID incarnation, Duration lease) {
        change(ADD, name, incarnation, lease, null);
    }

    void begin(String name, UUID incarnation, Duration lease) {
        change(BEGIN, name, incarnation, lease, null);
    }

    /** False when another server goes by this name now. */
    boolean renew(String name, UUID incarnation, Duration lease, boolean fenced) {
        return change(RENEW, name, incarnation, lease, fenced);
    }

    void stop(String name, UUID incarnation, Duration lease) {
        change(STOP, name, incarnation, lease, null);
    }

    void gone(String name) {
        jdbc.sql("UPDATE node SET gone = TRUE WHERE name = :name")
                .param("name", name)
                .update();
    }

    private boolean change(String sql, String name, UUID incarnation, Duration lease, @Nullable Boolean fenced) {
        var statement =
                jdbc.sql(sql.formatted(lease.toSeconds())).param("name", name).param("incarnation", incarnation);
        return (fenced == null ? statement : statement.param("fenced", fenced)).update() == 1;
    }

    private static Row toRow(ResultSet row, int number) throws SQLException {
        var stopped = row.getObject("stopped_at", OffsetDateTime.class);
        return new Row(
                row.getString("name"),
                row.getObject("incarnation", UUID.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("renewed_at", OffsetDateTime.class).toInstant(),
                row.getObject("lease_until", OffsetDateTime.class).toInstant(),
                stopped == null ? null : stopped.toInstant(),
                row.getBoolean("fenced"),
                row.getBoolean("gone"),
                row.getBoolean("held"));
    }
}
