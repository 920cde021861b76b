package io.drover.inventory;

import io.drover.problem.ProblemException;
import java.util.function.Supplier;
import org.springframework.dao.TransientDataAccessException;

/** Turns waiting too long for rows that others are changing into a refusal that says to try again. */
final class Busy {
    private static final int RETRY_AFTER_SECONDS = 1;

    private Busy() {}

    static <T> T orRefuse(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (TransientDataAccessException e) {
            throw new ProblemException(
                            ProblemException.Kind.UNAVAILABLE,
                            "busy",
                            "Too many changes to the same things at once; ask again")
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
    }
}
