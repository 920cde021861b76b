package io.drover.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most as many as were asked for, in the list's fixed order
 * @param next the cursor that continues after the last item; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /**
     * A page out of rows that were fetched one more than asked for, to see whether there is a next page.
     *
     * @param position the key of a row in the list's order, e.g. its name, or its time and id
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> position) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        var items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, PageRequest.encode(position.apply(items.get(limit - 1))));
    }

    /** The same page with every item turned into another form. */
    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }
}
