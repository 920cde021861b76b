package io.drover.operation;

import io.drover.inventory.life.Verb;
import io.drover.operation.Operation.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which of several failures of an operation is the reason that it fails. What the operation is for outweighs what is asked on
 * the way to it, which its process has tolerated, and what is asked afterwards to clean up. That a VM which is somebody else's
 * bears the name is told in any case, since nothing goes on before a person has seen to it.
 */
@Component
class OperationFailures {
    private final JdbcClient jdbc;
    private final OperationRepository repository;

    OperationFailures(JdbcClient jdbc, OperationRepository repository) {
        this.jdbc = jdbc;
        this.repository = repository;
    }

    /** @param verb what was asked when it failed; null when it was no call of the extension */
    void note(UUID id, @Nullable String verb, Failure failure) {
        var operation = repository.find(id).orElseThrow();
        var known = operation.error();
        if (known != null && failure.code().equals(CreateRepair.FOREIGN)) {
            foreign(id, known, failure);
        } else if (known == null || !isDecided(id)) {
            repository.failed(id, failure);
            decided(id, verb == null || isOwn(operation, verb));
        }
    }

    /** What stands in the way is told before what led there, and stays whatever else fails. */
    private void foreign(UUID id, Failure known, Failure foreign) {
        if (known.code().equals(CreateRepair.FOREIGN)) {
            return;
        }
        repository.failed(id, new Failure(foreign.code(), foreign.message() + ". Before that, " + known.message()));
        decided(id, true);
    }

    private void decided(UUID id, boolean own) {
        jdbc.sql("UPDATE operation SET error_own = :own WHERE id = :id")
                .param("own", own)
                .param("id", id)
                .update();
    }

    private boolean isDecided(UUID id) {
        return jdbc.sql("SELECT error_own FROM operation WHERE id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private static boolean isOwn(Operation operation, String verb) {
        var wanted = Verb.of(operation.verb());
        return wanted == Verb.of(verb) || wanted == Verb.DEPLOY && Verb.of(verb) == Verb.PREPARE;
    }
}
