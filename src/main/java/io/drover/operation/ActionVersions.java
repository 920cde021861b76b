package io.drover.operation;

import io.drover.extension.VersionsInUse;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which files of extensions actions are run with. */
@Repository
class ActionVersions implements VersionsInUse {
    private static final String FOUND = """
            UPDATE action SET digest = :digest, program = :program, not_run_because = :reason
            WHERE id = :id AND node = :node AND state IN ('PENDING', 'RUNNING')
            """;
    private static final String IN_USE = """
            SELECT DISTINCT digest FROM action WHERE state IN ('PENDING', 'RUNNING') AND digest IS NOT NULL
            """;

    private final JdbcClient jdbc;

    ActionVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Records which files were there when the action's turn came, or why they must not be run.
     *
     * @return false when the action has ended, or is no longer its node's
     */
    boolean found(Action action) {
        return jdbc.sql(FOUND)
                        .param("digest", action.digest())
                        .param("program", action.program())
                        .param("reason", action.notRunBecause())
                        .param("id", action.id())
                        .param("node", action.node())
                        .update()
                == 1;
    }

    @Override
    public Set<String> digests() {
        return Set.copyOf(jdbc.sql(IN_USE).query(String.class).list());
    }

    @Override
    public String why(String digest) {
        return "Actions that have not ended were begun with version " + digest;
    }
}
