package io.drover.access;

import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ApiKeyRepository {
    private static final String ADD = """
            INSERT INTO api_key (id, account_id, label, secret_hash, created_at, expires_at)
            VALUES (:id, :accountId, :label, :hash, :createdAt, :expiresAt)
            """;
    private static final String OWNER = """
            SELECT a.id, a.name, a.role_type, a.domain, k.secret_hash, k.expires_at
            FROM api_key k JOIN account a ON a.id = k.account_id
            WHERE k.id = :id AND a.enabled = TRUE
            """;
    private static final String FIND = """
            SELECT k.id, k.account_id, a.name, k.label, k.created_at, k.expires_at
            FROM api_key k JOIN account a ON a.id = k.account_id
            WHERE k.id = :id
            """;
    private static final String PAGE = """
            SELECT k.id, k.account_id, a.name, k.label, k.created_at, k.expires_at
            FROM api_key k JOIN account a ON a.id = k.account_id
            WHERE k.account_id = :accountId AND k.id > :after
            ORDER BY k.id LIMIT :limit
            """;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;

    ApiKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whom a key logs in, and what decides whether it does. */
    record Owner(Actor actor, String secretHash, @Nullable Instant expiresAt) {
        boolean isValidAt(Instant time) {
            return expiresAt == null || time.isBefore(expiresAt);
        }
    }

    void add(ApiKey key, String hash) {
        var expiresAt = key.expiresAt();
        jdbc.sql(ADD)
                .param("id", key.id())
                .param("accountId", key.accountId())
                .param("label", key.label())
                .param("hash", hash)
                .param("createdAt", key.createdAt().atOffset(ZoneOffset.UTC))
                .param("expiresAt", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Owner> findOwner(UUID id) {
        return jdbc.sql(OWNER).param("id", id).query(ApiKeyRepository::toOwner).optional();
    }

    Optional<ApiKey> find(UUID id) {
        return jdbc.sql(FIND).param("id", id).query(ApiKeyRepository::toKey).optional();
    }

    Page<ApiKey> list(UUID accountId, PageRequest page, @Nullable UUID after) {
        var rows = jdbc.sql(PAGE)
                .param("accountId", accountId)
                .param("after", after == null ? BEFORE_ALL : after)
                .param("limit", page.limit() + 1)
                .query(ApiKeyRepository::toKey)
                .list();
        return Page.of(rows, page.limit(), key -> key.id().toString());
    }

    boolean remove(UUID id) {
        return jdbc.sql("DELETE FROM api_key WHERE id = :id").param("id", id).update() == 1;
    }

    private static Owner toOwner(ResultSet row, int number) throws SQLException {
        var actor = new Actor(
                row.getObject("id", UUID.class),
                row.getString("name"),
                RoleType.valueOf(row.getString("role_type")),
                row.getString("domain"));
        return new Owner(actor, row.getString("secret_hash"), time(row, "expires_at"));
    }

    private static ApiKey toKey(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("name"),
                row.getString("label"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "expires_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
