package io.drover.inventory;

import io.drover.access.SecretNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DetailRepository {
    private static final String FIND = """
            SELECT owner_id, name, val, secret, shown FROM detail
            WHERE owner_type = :type AND owner_id IN (:owners)
            ORDER BY owner_id, name
            """;
    private static final String OF_ANY = """
            SELECT owner_type, owner_id, name, val, secret, shown FROM detail WHERE owner_id IN (:owners)
            ORDER BY owner_type, owner_id, name
            """;
    private static final String ADD = """
            INSERT INTO detail (owner_type, owner_id, name, val, secret, shown)
            VALUES (:type, :owner, :name, :val, :secret, :shown)
            """;

    private final JdbcClient jdbc;

    DetailRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Row> find(DetailOwner type, Collection<UUID> owners) {
        if (owners.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(FIND)
                .param("type", type.name())
                .param("owners", owners)
                .query(DetailRepository::toRow)
                .list();
    }

    /** The details of whatever has one of these ids, by the kind of thing. */
    Map<DetailOwner, List<Row>> ofAny(Collection<UUID> owners) {
        Map<DetailOwner, List<Row>> found = new EnumMap<>(DetailOwner.class);
        jdbc.sql(OF_ANY).param("owners", owners).query(row -> {
            found.computeIfAbsent(DetailOwner.valueOf(row.getString("owner_type")), type -> new ArrayList<>())
                    .add(toRow(row, 0));
        });
        return found;
    }

    /** Lets nobody else change the owner, and with it its details, until the transaction ends; one that is missing is no mistake. */
    void lock(DetailOwner type, UUID owner) {
        Busy.orRefuse(() -> jdbc.sql("SELECT id FROM " + type.table() + " WHERE id = :owner FOR UPDATE")
                .param("owner", owner)
                .query(UUID.class)
                .list());
    }

    void add(DetailOwner type, Row row) {
        jdbc.sql(ADD)
                .param("type", type.name())
                .param("owner", row.owner())
                .param("name", row.name())
                .param("val", row.val())
                .param("secret", row.secret())
                .param("shown", row.shownInstead())
                .update();
    }

    void remove(DetailOwner type, UUID owner, String name) {
        jdbc.sql("DELETE FROM detail WHERE owner_type = :type AND owner_id = :owner AND name = :name")
                .param("type", type.name())
                .param("owner", owner)
                .param("name", name)
                .update();
    }

    List<Row> openOnes(Collection<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT * FROM detail WHERE secret = FALSE AND name IN (:names)")
                .param("names", names)
                .query(DetailRepository::toRow)
                .list();
    }

    /** Those that look as if they were URLs with credentials. */
    List<Row> openUrls() {
        return jdbc.sql("SELECT * FROM detail WHERE secret = FALSE AND (val LIKE '%://%@%' OR val LIKE '%://%=%')")
                .query(DetailRepository::toRow)
                .list();
    }

    /** Those of which only a part was secret so far. */
    List<Row> urlsNamed(Collection<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT * FROM detail WHERE shown IS NOT NULL AND name IN (:names)")
                .param("names", names)
                .query(DetailRepository::toRow)
                .list();
    }

    /** Lets a sealed detail be secret as a whole. */
    void hide(Row row) {
        jdbc.sql("UPDATE detail SET shown = NULL WHERE owner_id = :owner AND name = :name")
                .param("owner", row.owner())
                .param("name", row.name())
                .update();
    }

    /** @param shown what is shown of it; null for the mask */
    void seal(Row row, String sealed, @Nullable String shown) {
        jdbc.sql("UPDATE detail SET val = :sealed, secret = TRUE, shown = :shown"
                        + " WHERE owner_id = :owner AND name = :name AND val = :val AND secret = FALSE")
                .param("sealed", sealed)
                .param("shown", shown)
                .param("owner", row.owner())
                .param("name", row.name())
                .param("val", row.val())
                .update();
    }

    void removeAll(DetailOwner type, UUID owner) {
        jdbc.sql("DELETE FROM detail WHERE owner_type = :type AND owner_id = :owner")
                .param("type", type.name())
                .param("owner", owner)
                .update();
    }

    private static Row toRow(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("owner_id", UUID.class),
                row.getString("name"),
                row.getString("val"),
                row.getBoolean("secret"),
                row.getString("shown"));
    }

    /**
     * A detail as it is stored.
     *
     * @param val the value; sealed when it is a secret
     * @param shownInstead what is shown of a secret of which only a part is secret; null for the mask
     */
    record Row(
            UUID owner,
            String name,
            String val,
            boolean secret,
            @Nullable String shownInstead) {

        /** What anybody may be shown. */
        String shown() {
            if (!secret) {
                return val;
            }
            return shownInstead == null ? SecretNames.MASK : shownInstead;
        }

        /** Whether the detail is a secret for good, and not just this value of it. */
        boolean whole() {
            return secret && shownInstead == null;
        }
    }
}
