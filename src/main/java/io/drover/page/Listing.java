package io.drover.page;

import io.drover.page.Path.Step;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of one table that match, newest first, page by page. It is said, too, which indexes lead to them, so that a page
 * ends early however rare or common what is asked for is: a filter with several values is read value by value, each from its
 * own stretch of the index, and merged. Names of columns come from code, never from a request.
 */
public final class Listing {
    /** An index that leads to so few rows is the right one, whatever else is asked for. */
    static final int FEW = 1000;

    private final Order order;
    private final Map<String, Condition> filters = new LinkedHashMap<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();

    /** @param order what the list is of, and how it is ordered */
    public Listing(Order order) {
        this.order = order;
    }

    /** The values of a filter; none when it is not given, which lets every value through. */
    public static <T> Set<T> anyOf(@Nullable Set<T> given) {
        return given == null ? Set.of() : given;
    }

    /** What must hold of a row; values for its question marks. */
    public record Condition(String sql, List<?> values) {
        public static Condition of(String sql, Object... values) {
            return new Condition(sql, Arrays.asList(values));
        }
    }

    /** Narrows the list to rows that have one of the values in the column; no values: any. */
    public Listing filter(String column, Collection<?> values) {
        if (!values.isEmpty()) {
            filters.put(column, Step.of(column, values).aside());
        }
        return this;
    }

    /** Narrows the list to rows of which the condition holds. */
    public Listing where(Condition condition) {
        conditions.add(condition);
        return this;
    }

    /** Narrows the list to a time, from the first moment to before the second. */
    public Listing within(@Nullable Instant since, @Nullable Instant until) {
        if (since != null) {
            conditions.add(Condition.of(order.time() + " >= ?", since.atOffset(ZoneOffset.UTC)));
        }
        if (until != null) {
            conditions.add(Condition.of(order.time() + " < ?", until.atOffset(ZoneOffset.UTC)));
        }
        return this;
    }

    /**
     * Says that an index begins with these columns and goes on with the list's order. Of several, the first that leads to
     * few rows is taken, or else the first. It narrows the list to the values of its steps; without a value for the first it
     * leads nowhere, and is passed over.
     */
    public Listing along(Step... steps) {
        if (!steps[0].ways().isEmpty()) {
            paths.add(new Path(Arrays.asList(steps)));
        }
        return this;
    }

    /** The same where nothing else has led to the rows. */
    public Listing alongIfNone(Step... steps) {
        return paths.isEmpty() ? along(steps) : this;
    }

    /**
     * The page of the list that is asked for.
     *
     * @param position where a row is, made by {@link Order#position}
     */
    <T> Page<T> page(JdbcClient jdbc, PageRequest page, RowMapper<T> mapper, Function<T, String> position) {
        var statement = statement(path(jdbc), page);
        var rows = jdbc.sql(statement.sql())
                .params(statement.values())
                .query(mapper)
                .list();
        return Page.of(rows, page.limit(), position);
    }

    private Path path(JdbcClient jdbc) {
        if (paths.size() < 2) {
            return paths.isEmpty() ? Path.NONE : paths.get(0);
        }
        return paths.stream().filter(path -> leadsToFew(path, jdbc)).findFirst().orElse(paths.get(0));
    }

    private boolean leadsToFew(Path path, JdbcClient jdbc) {
        var whole = path.whole();
        var some = "SELECT 1 AS one FROM " + order.table() + " WHERE " + whole.sql() + " FETCH FIRST " + (FEW + 1)
                + " ROWS ONLY";
        return jdbc.sql("SELECT COUNT(*) FROM (" + some + ") few")
                        .params(whole.values())
                        .query(Integer.class)
                        .single()
                <= FEW;
    }

    /** The statement for one row more than asked for. */
    private Condition statement(Path path, PageRequest page) {
        List<Condition> others = others(path);
        if (page.after() != null) {
            others.add(order.after(page.after()));
        }
        var stretches = path.stretches();
        var limit = " LIMIT " + (page.limit() + 1);
        if (stretches.size() == 1) {
            return select("*", others, stretches.get(0), limit);
        }
        var parts = stretches.stream()
                .map(stretch -> select(order.keys(), others, stretch, limit))
                .toList();
        var union = parts.stream().map(Condition::sql).collect(Collectors.joining(") UNION ALL (", "(", ")"));
        var keys =
                "SELECT " + order.keys() + " FROM (" + union + ") stretches ORDER BY " + order.newestFirst("") + limit;
        return new Condition(
                "SELECT listed.* FROM (" + keys + ") found JOIN " + order.table() + " listed ON listed." + order.id()
                        + " = found." + order.id() + " ORDER BY " + order.newestFirst("found."),
                parts.stream().flatMap(part -> part.values().stream()).toList());
    }

    /** What must hold besides what the path sees to. */
    private List<Condition> others(Path path) {
        List<Condition> others = new ArrayList<>(conditions);
        filters.forEach((column, condition) -> {
            if (!path.has(column)) {
                others.add(condition);
            }
        });
        for (var other : paths) {
            other.steps().stream()
                    .filter(step -> !path.has(step.name()) && !filters.containsKey(step.name()))
                    .forEach(step -> others.add(step.aside()));
        }
        return others;
    }

    /** What is the same in all rows stands first in their order, since only then H2 sees that its index has it. */
    private Condition select(String columns, List<Condition> others, Path.Stretch stretch, String limit) {
        List<Condition> all = new ArrayList<>(stretch.conditions());
        all.addAll(others);
        var where = all.isEmpty()
                ? ""
                : all.stream().map(Condition::sql).collect(Collectors.joining(" AND ", " WHERE ", ""));
        var same = stretch.same().stream().map(column -> column + " DESC, ").collect(Collectors.joining());
        return new Condition(
                "SELECT " + columns + " FROM " + order.table() + where + " ORDER BY " + same + order.newestFirst("")
                        + limit,
                all.stream().flatMap(each -> each.values().stream()).toList());
    }
}
