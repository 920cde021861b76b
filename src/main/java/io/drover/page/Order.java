package io.drover.page;

import io.drover.page.Listing.Condition;
import io.drover.problem.Names;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;

/**
 * The order of a list: newest first, and by id where times are equal.
 *
 * @param time the column with the time
 * @param id the column with what is unique
 * @param readId makes an id of its text; fails with an {@link IllegalArgumentException} when it is none
 */
public record Order(String table, String time, String id, Function<String, Object> readId) {

    /** One of a table whose ids are UUIDs. */
    public static Order ofIds(String table, String time) {
        return new Order(table, time, "id", text -> {
            if (!Names.isId(text)) {
                throw new IllegalArgumentException(text);
            }
            return UUID.fromString(text);
        });
    }

    /** Where a row is in the list, for a page's cursor. */
    public static String position(Instant time, Object id) {
        return time + " " + id;
    }

    String keys() {
        return id + ", " + time;
    }

    String newestFirst(String prefix) {
        return prefix + time + " DESC, " + prefix + id + " DESC";
    }

    /** The first comparison is one that an index can begin at. */
    Condition after(String position) {
        try {
            int blank = position.indexOf(' ');
            var at = Instant.parse(position.substring(0, Math.max(blank, 0))).atOffset(ZoneOffset.UTC);
            var key = readId.apply(position.substring(blank + 1));
            return Condition.of(time + " <= ? AND (" + time + " < ? OR " + id + " < ?)", at, at, key);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw PageRequest.unknownPosition(position);
        }
    }
}
