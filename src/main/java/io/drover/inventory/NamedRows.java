package io.drover.inventory;

import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of one table whose things have an id and a unique name. Column names come from code, never from a request. */
final class NamedRows<T> {
    private final JdbcClient jdbc;
    private final String thing;
    private final String table;
    private final RowMapper<T> mapper;

    /** @param thing what a row is, in lower-case words; with underscores it is the table's name */
    NamedRows(JdbcClient jdbc, String thing, RowMapper<T> mapper) {
        this.jdbc = jdbc;
        this.thing = thing;
        this.table = thing.replace(' ', '_');
        this.mapper = mapper;
    }

    Optional<T> find(String reference) {
        return find(reference, "");
    }

    private Optional<T> find(String reference, String lock) {
        if (!Names.canRefer(reference)) {
            return Optional.empty();
        }
        boolean byId = Names.isId(reference);
        return jdbc.sql("SELECT * FROM " + table + (byId ? " WHERE id = :key" : " WHERE name = :key") + lock)
                .param("key", byId ? UUID.fromString(reference) : reference)
                .query(mapper)
                .optional();
    }

    T get(String reference) {
        return find(reference).orElseThrow(() -> ProblemException.notFound(thing, reference));
    }

    /** The row, locked against change until the transaction ends. */
    T locked(String reference) {
        return Busy.orRefuse(() -> find(reference, " FOR UPDATE"))
                .orElseThrow(() -> ProblemException.notFound(thing, reference));
    }

    T get(UUID id) {
        return get(id.toString());
    }

    List<T> all(Collection<UUID> ids) {
        return select(ids, "");
    }

    /** The rows with these ids, locked against change until the transaction ends; always locked in the same order. */
    List<T> lock(Collection<UUID> ids) {
        return Busy.orRefuse(() -> select(ids, " FOR UPDATE"));
    }

    private List<T> select(Collection<UUID> ids, String lock) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT * FROM " + table + " WHERE id IN (:ids) ORDER BY id" + lock)
                .param("ids", ids)
                .query(mapper)
                .list();
    }

    /**
     * A page in the order of names; {@code filters} are columns and the values they must have, null for any; of several
     * one, and none for any.
     */
    Page<T> page(PageRequest page, Map<String, @Nullable Object> filters, Function<T, String> name) {
        var sql = new StringBuilder("SELECT * FROM " + table + " WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        filters.forEach((column, value) -> {
            if (value instanceof Collection<?> any) {
                sql.append(" AND ")
                        .append(column)
                        .append(any.isEmpty() ? " IS NOT NULL" : " IN (?" + ", ?".repeat(any.size() - 1) + ")");
                values.addAll(any);
            } else if (value != null) {
                sql.append(" AND ").append(column).append(" = ?");
                values.add(value);
            }
        });
        if (page.after() != null) {
            sql.append(" AND name > ?");
            values.add(page.after());
        }
        sql.append(" ORDER BY name LIMIT ?");
        values.add(page.limit() + 1);
        return Page.of(jdbc.sql(sql.toString()).params(values).query(mapper).list(), page.limit(), name);
    }

    Map<UUID, String> names(Collection<UUID> ids) {
        Map<UUID, String> names = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("SELECT id, name FROM " + table + " WHERE id IN (:ids)")
                    .param("ids", ids)
                    .query(row -> {
                        names.put(row.getObject("id", UUID.class), row.getString("name"));
                    });
        }
        return names;
    }

    void insert(Map<String, @Nullable Object> values) {
        requireFree(String.valueOf(values.get("name")), null);
        var columns = String.join(", ", values.keySet());
        var holes = values.keySet().stream().map(column -> ":" + column).collect(Collectors.joining(", "));
        write("INSERT INTO " + table + " (" + columns + ") VALUES (" + holes + ")", values);
    }

    void update(UUID id, Map<String, @Nullable Object> values) {
        requireFree(String.valueOf(values.get("name")), id);
        var changes =
                values.keySet().stream().map(column -> column + " = :" + column).collect(Collectors.joining(", "));
        Map<String, @Nullable Object> all = new HashMap<>(values);
        all.put("rowId", id);
        write("UPDATE " + table + " SET " + changes + " WHERE id = :rowId", all);
    }

    void delete(UUID id, String name) {
        try {
            jdbc.sql("DELETE FROM " + table + " WHERE id = :id").param("id", id).update();
        } catch (DataIntegrityViolationException e) {
            throw inUse(thing, name, "something that still refers to it");
        }
    }

    static ProblemException inUse(String thing, String name, String users) {
        var start = Character.toUpperCase(thing.charAt(0)) + thing.substring(1);
        return ProblemException.conflict("in-use", start + " '" + name + "' is in use by " + users);
    }

    private void write(String sql, Map<String, @Nullable Object> values) {
        try {
            jdbc.sql(sql).params(values).update();
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict(
                    "name-taken", "The name '" + values.get("name") + "' was taken by another " + thing + " just now");
        } catch (DataIntegrityViolationException e) {
            throw ProblemException.conflict(
                    "changed-meanwhile",
                    "Something that " + thing + " '" + values.get("name") + "' refers to was removed just now");
        }
    }

    private void requireFree(String name, @Nullable UUID self) {
        jdbc.sql("SELECT id FROM " + table + " WHERE name = :name")
                .param("name", name)
                .query(UUID.class)
                .optional()
                .filter(holder -> !holder.equals(self))
                .ifPresent(holder -> {
                    throw nameTaken(thing, name, holder);
                });
    }

    static ProblemException nameTaken(String thing, String name, UUID holder) {
        return ProblemException.conflict("name-taken", "The name '" + name + "' is taken by " + thing + " " + holder)
                .with("holder", holder);
    }
}
