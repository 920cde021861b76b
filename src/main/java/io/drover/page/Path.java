package io.drover.page;

import io.drover.page.Listing.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns that an index begins with, and what is wanted of each. */
public record Path(List<Step> steps) {
    static final Path NONE = new Path(List.of());

    /** More stretches than this are not read apart: the rest of the columns is left to the database. */
    static final int MOST_STRETCHES = 64;

    /** One way to fulfil a step. */
    public record Way(String column, Condition condition) {}

    /** What is wanted of one column, in one of several ways of which no two hold of a row. */
    public record Step(String name, List<Way> ways) {
        /** A column that has one of the values. */
        public static Step of(String column, Collection<?> values) {
            return new Step(
                    column,
                    values.stream()
                            .map(value -> new Way(column, Condition.of(column + " = ?", plain(value))))
                            .toList());
        }

        /** A step that is both its own and the other's ways, which exclude each other; each leads an index of its own. */
        public static Step either(String column, String other, Collection<?> values) {
            var holes = values.stream().map(value -> "?").collect(Collectors.joining(", "));
            return new Step(
                    column,
                    values.stream()
                            .flatMap(value -> Stream.of(
                                    new Way(column, Condition.of(column + " = ?", value)),
                                    new Way(
                                            other,
                                            new Condition(
                                                    other + " = ? AND " + column + " NOT IN (" + holes + ")",
                                                    Stream.concat(Stream.of(value), values.stream())
                                                            .toList()))))
                            .toList());
        }

        Condition whole() {
            if (isPlain()) {
                return in(name);
            }
            return new Condition(
                    ways.stream().map(way -> way.condition().sql()).collect(Collectors.joining(" OR ", "(", ")")),
                    values());
        }

        /**
         * The same where another index is taken. As an expression it leads the database to none: H2 chooses by what values
         * are like on average, not by those that are asked for.
         */
        Condition aside() {
            return isPlain() ? in("COALESCE(%1$s, %1$s)".formatted(name)) : whole();
        }

        private boolean isPlain() {
            return ways.stream().allMatch(way -> way.condition().sql().equals(name + " = ?"));
        }

        private Condition in(String what) {
            var holes = ways.stream().map(way -> "?").collect(Collectors.joining(", "));
            return new Condition(what + " IN (" + holes + ")", values());
        }

        private List<?> values() {
            return ways.stream()
                    .flatMap(way -> way.condition().values().stream())
                    .toList();
        }

        private static Object plain(Object value) {
            return value instanceof Enum<?> word ? word.name() : value;
        }
    }

    /**
     * A stretch of the index.
     *
     * @param same the columns at the index's begin that have one value in it
     */
    record Stretch(List<String> same, List<Condition> conditions) {
        Stretch with(Way way) {
            return new Stretch(append(same, way.column()), append(conditions, way.condition()));
        }

        Stretch with(Condition condition) {
            return new Stretch(same, append(conditions, condition));
        }

        private static <T> List<T> append(List<T> some, T last) {
            List<T> all = new ArrayList<>(some);
            all.add(last);
            return all;
        }
    }

    boolean has(String column) {
        return steps.stream().anyMatch(step -> step.name().equals(column));
    }

    Condition whole() {
        return new Condition(
                steps.stream().map(step -> step.whole().sql()).collect(Collectors.joining(" AND ")),
                steps.stream().flatMap(step -> step.whole().values().stream()).toList());
    }

    List<Stretch> stretches() {
        List<Stretch> stretches = List.of(new Stretch(List.of(), List.of()));
        boolean apart = true;
        for (var step : steps) {
            apart = apart && stretches.size() * step.ways().size() <= MOST_STRETCHES;
            var whole = step.whole();
            stretches = apart
                    ? stretches.stream()
                            .flatMap(stretch -> step.ways().stream().map(stretch::with))
                            .toList()
                    : stretches.stream().map(stretch -> stretch.with(whole)).toList();
        }
        return stretches;
    }
}
