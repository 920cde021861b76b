package io.drover.operation;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which custom actions operations were asked to run, and with which parameters. */
@Repository
class CustomActionCalls {
    private final JdbcClient jdbc;

    CustomActionCalls(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void record(UUID operation, AskedAction asked) {
        jdbc.sql("UPDATE operation SET custom_action = :action, parameters = :parameters, sealed_parameters = :sealed"
                        + " WHERE id = :id")
                .param("action", asked.call().action())
                .param("parameters", asked.call().parameters())
                .param("sealed", asked.sealed())
                .param("id", operation)
                .update();
    }

    /** The secret parameters of an unfinished operation, sealed; empty when there are none. */
    Optional<String> sealedParameters(UUID operation) {
        return jdbc.sql("SELECT sealed_parameters FROM operation WHERE id = :id AND sealed_parameters IS NOT NULL")
                .param("id", operation)
                .query(String.class)
                .optional();
    }
}
