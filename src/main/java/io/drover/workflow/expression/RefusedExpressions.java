package io.drover.workflow.expression;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which expression the request of this thread has carried in without a right to, for the record. */
public final class RefusedExpressions {
    private static final int LONGEST = 200;
    private static final ThreadLocal<@Nullable String> NOTED = new ThreadLocal<>();

    private RefusedExpressions() {}

    static void note(String expression) {
        NOTED.set(expression.length() <= LONGEST ? expression : expression.substring(0, LONGEST));
    }

    /** The last that was refused in this thread since the last call; none when all was well. */
    public static Optional<String> taken() {
        var noted = Optional.ofNullable(NOTED.get());
        NOTED.remove();
        return noted;
    }
}
