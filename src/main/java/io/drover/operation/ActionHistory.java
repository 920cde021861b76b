package io.drover.operation;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What past actions say about what is to be done next. */
@Repository
class ActionHistory {
    private static final String CREATIONS = """
            SELECT * FROM action WHERE vm_id = :vm AND state NOT IN ('PENDING', 'RUNNING')
                   AND (verb IN ('deploy', 'delete') OR purpose = 'CHECK' OR verb = 'prepare' AND leaves)
            ORDER BY requested_at DESC, id DESC LIMIT 30
            """;
    private static final String LOST = """
            SELECT COUNT(*) FROM action WHERE operation_id = :operation AND activity_instance_id = :visit AND error_code = 'lost'
            """;

    private final JdbcClient jdbc;

    ActionHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was last done to create a VM or to remove it, newest first; nothing that has not ended, and of preparations only
     * those that may have left something.
     */
    List<Action> creationsOf(UUID vm) {
        return jdbc.sql(CREATIONS).param("vm", vm).query(ActionRows::toAction).list();
    }

    /** The action may have left something outside that only a deletion takes away. */
    void leaves(UUID action) {
        jdbc.sql("UPDATE action SET leaves = TRUE WHERE id = :id")
                .param("id", action)
                .update();
    }

    /** How many actions of this visit of a task nobody knows the outcome of. */
    int lostOf(Action action) {
        return jdbc.sql(LOST)
                .param("operation", action.operationId())
                .param("visit", action.activityInstanceId())
                .query(Integer.class)
                .single();
    }
}
