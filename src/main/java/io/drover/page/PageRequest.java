package io.drover.page;

import io.drover.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit how many items at most, 1 to 1000
 * @param after the position that the page begins after; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {

    static final int MOST = 1000;
    static final int DEFAULT = 50;

    /**
     * From the query parameters {@code limit} and {@code cursor}.
     *
     * @throws ProblemException when the limit is out of range or the cursor is none that a list gave
     */
    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        int wanted = limit == null ? DEFAULT : limit;
        if (wanted < 1 || wanted > MOST) {
            throw ProblemException.invalid("?limit", "must be from 1 to " + MOST, wanted);
        }
        return new PageRequest(wanted, cursor == null ? null : decode(cursor));
    }

    static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** The refusal of a page whose position is none that the list has. */
    public static ProblemException unknownPosition(String position) {
        return noCursor(encode(position));
    }

    private static String decode(String cursor) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            var position = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (position.chars().noneMatch(Character::isISOControl)) {
                return position;
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw noCursor(cursor);
        }
        throw noCursor(cursor);
    }

    private static ProblemException noCursor(String cursor) {
        return ProblemException.invalid("?cursor", "must be the 'next' value of a page", cursor);
    }
}
