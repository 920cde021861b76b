package io.drover.operation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which node an action belongs to. Only that node starts it, ends it and tells how it ended. */
@Repository
class ActionOwnership {
    private static final String OF_OTHER = """
            SELECT * FROM action WHERE node = :node AND state IN ('PENDING', 'RUNNING')
            ORDER BY requested_at LIMIT :limit FOR UPDATE SKIP LOCKED
            """;
    private static final String WAITING_ELSEWHERE = """
            SELECT * FROM action WHERE state = 'PENDING' AND node <> :node AND extension_id IN (:extensions)
                   AND requested_at < CURRENT_TIMESTAMP - INTERVAL '2' SECOND
            ORDER BY requested_at LIMIT :limit FOR UPDATE SKIP LOCKED
            """;
    private static final String EXTENSIONS_WAITING_ELSEWHERE = """
            SELECT DISTINCT extension_id FROM action WHERE state = 'PENDING' AND node <> :node
            """;
    private static final String CANCEL = "UPDATE action SET cancel_requested_at = :now WHERE id IN (:ids)";
    private static final String TO_CANCEL = """
            SELECT id FROM action WHERE node = :node AND state = 'RUNNING' AND cancel_requested_at IS NOT NULL
            """;

    private final JdbcClient jdbc;

    ActionOwnership(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Some unfinished actions of a node, locked; those that somebody else has locked are left out. */
    List<Action> unfinishedOf(String node, int limit) {
        return jdbc.sql(OF_OTHER)
                .param("node", node)
                .param("limit", limit)
                .query(ActionRows::toAction)
                .list();
    }

    /** The extensions that actions of other nodes wait for. */
    List<UUID> extensionsWaitingElsewhere(String node) {
        return jdbc.sql(EXTENSIONS_WAITING_ELSEWHERE)
                .param("node", node)
                .query(UUID.class)
                .list();
    }

    /** Some actions of these extensions, of which there is one at least, that have waited for a while on other nodes, locked. */
    List<Action> waitingElsewhere(String node, Collection<UUID> extensions, int limit) {
        return jdbc.sql(WAITING_ELSEWHERE)
                .param("node", node)
                .param("extensions", extensions)
                .param("limit", limit)
                .query(ActionRows::toAction)
                .list();
    }

    /** The actions as they are now that they belong to the node. */
    List<Action> give(Collection<UUID> actions, String node) {
        jdbc.sql("UPDATE action SET node = :node WHERE id IN (:ids)")
                .param("node", node)
                .param("ids", actions)
                .update();
        return jdbc.sql("SELECT * FROM action WHERE id IN (:ids) ORDER BY requested_at")
                .param("ids", actions)
                .query(ActionRows::toAction)
                .list();
    }

    /** Asks the nodes that run these actions to end them. */
    void requestCancel(Collection<UUID> running, Instant now) {
        if (!running.isEmpty()) {
            jdbc.sql(CANCEL)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("ids", running)
                    .update();
        }
    }

    /** The running actions of this node that somebody, perhaps through another node, has asked to end. */
    List<UUID> toCancel(String node) {
        return jdbc.sql(TO_CANCEL).param("node", node).query(UUID.class).list();
    }
}
