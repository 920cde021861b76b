package io.drover.operation;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.Names;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A list of operations or actions, newest first, by keyset over the time of the request and the id. */
final class Listing {
    private final String table;
    private final StringBuilder conditions = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Listing(String table) {
        this.table = table;
    }

    static String position(Instant requestedAt, UUID id) {
        return requestedAt + " " + id;
    }

    void where(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.append(condition);
            values.add(value);
        }
    }

    void since(@Nullable Instant since) {
        where(" AND requested_at >= ?", since == null ? null : since.atOffset(ZoneOffset.UTC));
    }

    /** Narrows the list to the VMs that the actor reaches ({@link Actor#reaches}). */
    void reach(Actor actor) {
        if (actor.role() == RoleType.USER || actor.role() == RoleType.WORKER) {
            where(" AND vm_id IN (SELECT id FROM vm WHERE owner_id = ?)", actor.id());
        } else if (actor.role() == RoleType.DOMAIN_ADMIN && !actor.domain().equals("/")) {
            var below = actor.domain() + "/";
            where(" AND vm_id IN (SELECT id FROM vm WHERE domain = ?", actor.domain());
            where(" OR LEFT(domain, ?)", below.length());
            where(" = ?)", below);
        }
    }

    void after(@Nullable String position) {
        if (position == null) {
            return;
        }
        var parts = position.split(" ");
        if (parts.length != 2 || !Names.isId(parts[1])) {
            throw PageRequest.unknownPosition(position);
        }
        try {
            var time = Instant.parse(parts[0]).atOffset(ZoneOffset.UTC);
            where(" AND (requested_at < ?", time);
            where(" OR (requested_at = ?", time);
            where(" AND id < ?))", UUID.fromString(parts[1]));
        } catch (DateTimeException e) {
            throw PageRequest.unknownPosition(position);
        }
    }

    /** The page of the list that is asked for. */
    <T> Page<T> page(JdbcClient jdbc, PageRequest page, RowMapper<T> mapper, Function<T, String> position) {
        after(page.after());
        var rows = jdbc.sql(sql(page.limit())).params(values).query(mapper).list();
        return Page.of(rows, page.limit(), position);
    }

    /** The statement for one row more than asked for. */
    String sql(int limit) {
        return "SELECT * FROM " + table + " WHERE 1 = 1" + conditions + " ORDER BY requested_at DESC, id DESC LIMIT "
                + (limit + 1);
    }

    List<Object> values() {
        return values;
    }
}
