package io.drover.access;

import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.Names;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AccountRepository {
    private static final String COLUMNS = "id, num, name, role_type, domain, password_initial, enabled, created_at";

    private static final String ADD = """
            INSERT INTO account (id, name, role_type, domain, password_hash, password_initial, enabled, created_at)
            VALUES (:id, :name, :role, :domain, :hash, :initial, TRUE, :createdAt)
            """;
    private static final String PAGE = """
            SELECT id, num, name, role_type, domain, password_initial, enabled, created_at
            FROM account WHERE name > :after ORDER BY name LIMIT :limit
            """;
    private static final String UPDATE = """
            UPDATE account SET role_type = :role, domain = :domain, enabled = :enabled WHERE id = :id
            """;
    private static final String LOCK_ADMINS = """
            SELECT id FROM account WHERE role_type = 'ADMIN' AND enabled = TRUE ORDER BY id FOR UPDATE
            """;

    private final JdbcClient jdbc;

    AccountRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An account together with what its password is checked against. */
    record WithHash(Account account, @Nullable String hash) {}

    void add(UUID id, String name, RoleType role, String domain, String hash, boolean initial, OffsetDateTime at) {
        jdbc.sql(ADD)
                .param("id", id)
                .param("name", name)
                .param("role", role.name())
                .param("domain", domain)
                .param("hash", hash)
                .param("initial", initial)
                .param("createdAt", at.withOffsetSameInstant(ZoneOffset.UTC))
                .update();
    }

    Optional<Account> find(String reference) {
        return findWithHash(reference).map(WithHash::account);
    }

    Optional<WithHash> findWithHash(String reference) {
        if (!Names.canRefer(reference)) {
            return Optional.empty();
        }
        var column = Names.isId(reference) ? "id" : "name";
        return jdbc.sql("SELECT " + COLUMNS + ", password_hash FROM account WHERE " + column + " = :reference")
                .param("reference", Names.isId(reference) ? UUID.fromString(reference) : reference)
                .query((row, number) -> new WithHash(toAccount(row), row.getString("password_hash")))
                .optional()
                .map(found -> new WithHash(withTopics(found.account()), found.hash()));
    }

    Page<Account> list(PageRequest page) {
        var rows = jdbc
                .sql(PAGE)
                .param("after", page.after() == null ? "" : page.after())
                .param("limit", page.limit() + 1)
                .query((row, number) -> toAccount(row))
                .list()
                .stream()
                .map(this::withTopics)
                .toList();
        return Page.of(rows, page.limit(), Account::name);
    }

    void update(UUID id, RoleType role, String domain, boolean enabled) {
        jdbc.sql(UPDATE)
                .param("id", id)
                .param("role", role.name())
                .param("domain", domain)
                .param("enabled", enabled)
                .update();
    }

    /** Replaces the topics of an account. */
    void setTopics(UUID id, List<String> topics) {
        jdbc.sql("DELETE FROM account_topic WHERE account_id = :id")
                .param("id", id)
                .update();
        topics.forEach(topic -> jdbc.sql("INSERT INTO account_topic (account_id, topic) VALUES (:id, :topic)")
                .param("id", id)
                .param("topic", topic)
                .update());
    }

    /** Only once the rows are read: a query within another one takes a second connection. */
    private Account withTopics(Account account) {
        return account.role() == RoleType.WORKER ? account.withTopics(topics(account.id())) : account;
    }

    private List<String> topics(UUID id) {
        return jdbc.sql("SELECT topic FROM account_topic WHERE account_id = :id ORDER BY topic")
                .param("id", id)
                .query(String.class)
                .list();
    }

    void setPassword(UUID id, String hash) {
        jdbc.sql("UPDATE account SET password_hash = :hash, password_initial = FALSE WHERE id = :id")
                .param("id", id)
                .param("hash", hash)
                .update();
    }

    /** How many enabled Admins there are; none of them can be changed by others until the transaction ends. */
    int lockEnabledAdmins() {
        return jdbc.sql(LOCK_ADMINS).query(UUID.class).list().size();
    }

    boolean isEmpty() {
        return jdbc.sql("SELECT COUNT(*) FROM account").query(Long.class).single() == 0;
    }

    boolean hasInitialPassword() {
        return jdbc.sql("SELECT COUNT(*) FROM account WHERE password_initial = TRUE")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static Account toAccount(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getLong("num"),
                row.getString("name"),
                RoleType.valueOf(row.getString("role_type")),
                row.getString("domain"),
                List.of(),
                row.getBoolean("password_initial"),
                row.getBoolean("enabled"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
