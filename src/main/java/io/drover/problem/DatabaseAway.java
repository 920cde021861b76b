package io.drover.problem;

import io.drover.problem.ProblemException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failure means that comes from a database which cannot be reached: nothing is wrong with the request. */
public final class DatabaseAway {
    private static final int RETRY_AFTER_SECONDS = 5;

    /** PostgreSQL is being stopped, was crashed by somebody, is just starting, or takes no more connections (appendix A of its manual). */
    private static final Set<String> GOING_OR_COMING = Set.of("57P01", "57P02", "57P03", "53300");

    /** The database was closed (H2's error codes, which are states, too). */
    private static final Set<String> CLOSED = Set.of("90098", "90121", "90067");

    private DatabaseAway() {}

    /** The refusal to tell, with {@code retryAfterSeconds}; empty when the failure has another cause. */
    public static Optional<ProblemException> refusal(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 100; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql && isOfConnection(sql.getSQLState())) {
                return Optional.of(new ProblemException(
                                Kind.UNAVAILABLE,
                                "database-away",
                                "The database cannot be reached, or has no connection left; whether a change that was"
                                        + " under way was made is not known")
                        .with("retryAfterSeconds", RETRY_AFTER_SECONDS));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfConnection(@Nullable String state) {
        return state != null && (state.startsWith("08") || GOING_OR_COMING.contains(state) || CLOSED.contains(state));
    }
}
