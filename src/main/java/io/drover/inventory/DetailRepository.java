package io.drover.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DetailRepository {
    private static final String FIND = """
            SELECT owner_id, name, val, secret FROM detail
            WHERE owner_type = :type AND owner_id IN (:owners)
            ORDER BY owner_id, name
            """;
    private static final String OF_ANY = """
            SELECT owner_type, owner_id, name, val, secret FROM detail WHERE owner_id IN (:owners)
            ORDER BY owner_type, owner_id, name
            """;
    private static final String ADD = """
            INSERT INTO detail (owner_type, owner_id, name, val, secret)
            VALUES (:type, :owner, :name, :val, :secret)
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

    void seal(Row row, String sealed) {
        jdbc.sql("UPDATE detail SET val = :sealed, secret = TRUE"
                        + " WHERE owner_id = :owner AND name = :name AND val = :val AND secret = FALSE")
                .param("sealed", sealed)
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
                row.getBoolean("secret"));
    }

    /** @param val the value; sealed when it is a secret */
    record Row(UUID owner, String name, String val, boolean secret) {}
}
