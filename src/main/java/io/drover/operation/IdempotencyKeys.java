package io.drover.operation;

import io.drover.access.Actor;
import io.drover.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys under which operations were asked for. */
@Repository
class IdempotencyKeys {
    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(String digest, UUID operation) {
        /** An empty digest is that of a key from before digests were made with one. */
        boolean fits(IdempotencyKey key) {
            return digest.isEmpty() || digest.equals(key.requestDigest());
        }
    }

    /**
     * The operation that was asked for under the key.
     *
     * @throws ProblemException when the key was used for another request
     */
    Optional<UUID> find(Actor actor, @Nullable IdempotencyKey key) {
        if (key == null) {
            return Optional.empty();
        }
        var row = jdbc.sql(
                        "SELECT request_digest, operation_id FROM idempotency_key WHERE account_id = :account AND idem_key = :key")
                .param("account", actor.id())
                .param("key", key.value())
                .query((result, number) -> new Row(result.getString(1), result.getObject(2, UUID.class)))
                .optional();
        row.filter(found -> !found.fits(key)).ifPresent(found -> {
            throw ProblemException.conflict(
                            "idempotency-key-reused",
                            "Idempotency-Key '" + key.value() + "' was used for another request; choose a new one")
                    .with("operation", found.operation());
        });
        return row.map(Row::operation);
    }

    void add(Actor actor, @Nullable IdempotencyKey key, UUID operation, Instant now) {
        if (key == null) {
            return;
        }
        jdbc.sql("INSERT INTO idempotency_key VALUES (:account, :key, :digest, :operation, :now)")
                .param("account", actor.id())
                .param("key", key.value())
                .param("digest", key.requestDigest())
                .param("operation", operation)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
