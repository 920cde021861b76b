package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The list of VMs, page by page. */
@Repository
class VmPages {
    private final JdbcClient jdbc;
    private final VmFilters filters;

    VmPages(JdbcClient jdbc, VmFilters filters) {
        this.jdbc = jdbc;
        this.filters = filters;
    }

    /** A page of the VMs that the actor reaches, newest first. */
    Page<Vm> page(VmQuery query, PageRequest page, Actor actor) {
        var columns = filters.columns(query);
        var sql = new StringBuilder("SELECT * FROM vm WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        columns.forEach((column, value) -> {
            if (value != null) {
                sql.append(" AND ").append(column).append(" = ?");
                values.add(value);
            }
        });
        if (!VmState.Expunged.name().equals(columns.get("state"))) {
            sql.append(" AND live_name IS NOT NULL");
        }
        reach(sql, values, actor);
        if (page.after() != null) {
            sql.append(" AND (created_at, id) < (?, ?)");
            position(page.after(), values);
        }
        sql.append(" ORDER BY created_at DESC, id DESC LIMIT ?");
        values.add(page.limit() + 1);
        var rows = jdbc.sql(sql.toString())
                .params(values)
                .query(VmRepository::toVm)
                .list();
        return Page.of(rows, page.limit(), vm -> vm.createdAt() + " " + vm.id());
    }

    private static void reach(StringBuilder sql, List<Object> values, Actor actor) {
        if (actor.role() == RoleType.USER || actor.role() == RoleType.WORKER) {
            sql.append(" AND owner_id = ?");
            values.add(actor.id());
        } else if (actor.role() == RoleType.DOMAIN_ADMIN && !actor.domain().equals("/")) {
            var below = actor.domain() + "/";
            sql.append(" AND (domain = ? OR LEFT(domain, ?) = ?)");
            values.addAll(List.of(actor.domain(), below.length(), below));
        }
    }

    private static void position(String after, List<Object> values) {
        try {
            int blank = after.indexOf(' ');
            var at = Instant.parse(after.substring(0, Math.max(blank, 0))).atOffset(ZoneOffset.UTC);
            values.add(at);
            values.add(UUID.fromString(after.substring(blank + 1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw PageRequest.unknownPosition(after);
        }
    }
}
