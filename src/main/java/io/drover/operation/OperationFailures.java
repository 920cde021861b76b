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
        boolean own = verb == null || isOwn(operation, verb);
        if (known != null && failure.code().equals(CreateRepair.FOREIGN)) {
            foreign(id, known, failure);
        } else if (known == null || !isMarked(id, "error_own") && (own || !isMarked(id, "error_caught"))) {
            record(id, failure, own, false);
        }
    }

    /** An error that the process goes on from by a way of its own. */
    void caught(UUID id, Failure failure) {
        var operation = repository.find(id).orElseThrow();
        if (operation.error() == null || !isMarked(id, "error_own")) {
            record(id, failure, false, true);
        }
    }

    /** What stands in the way is told before what led there, and stays whatever else fails. */
    private void foreign(UUID id, Failure known, Failure foreign) {
        if (!known.code().equals(CreateRepair.FOREIGN)) {
            var message = foreign.message() + ". Before that, " + known.message();
            record(id, new Failure(foreign.code(), message), true, false);
        }
    }

    private void record(UUID id, Failure failure, boolean own, boolean caught) {
        repository.failed(id, failure);
        jdbc.sql("UPDATE operation SET error_own = :own, error_caught = :caught WHERE id = :id")
                .param("own", own)
                .param("caught", caught)
                .param("id", id)
                .update();
    }

    private boolean isMarked(UUID id, String column) {
        return jdbc.sql("SELECT " + column + " FROM operation WHERE id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private static boolean isOwn(Operation operation, String verb) {
        var wanted = Verb.of(operation.verb());
        return wanted == Verb.of(verb) || wanted == Verb.DEPLOY && Verb.of(verb) == Verb.PREPARE;
    }
}
