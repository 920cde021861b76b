package io.drover.workflow;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Has what the engine finds too late, or takes for a failure of its own, told as the caller's to mend: variables that it cannot
 * keep, tasks that are somebody else's, processes that are suspended.
 */
final class CallersMistakes extends CommandInterceptor {
    private static final int NEAR = 20;
    private static final String TYPES =
            ". Types that are kept: String (up to 4000 characters), Json, Boolean, Short, Integer, Long, Double, Date, Bytes,"
                    + " File, Null";

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return getNext().execute(command);
        } catch (BadUserRequestException | OptimisticLockingException e) {
            throw e;
        } catch (ProcessEngineException e) {
            throw mistake(e)
                    .<ProcessEngineException>map(told -> new BadUserRequestException(told, e))
                    .orElse(e);
        }
    }

    private static Optional<String> mistake(ProcessEngineException failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(NEAR)
                .flatMap(cause -> told(cause).stream())
                .findFirst();
    }

    private static Optional<String> told(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        if (cause instanceof TaskAlreadyClaimedException || cause instanceof SuspendedEntityInteractionException) {
            return Optional.of(message);
        }
        if (message.startsWith("Cannot find serializer for value")) {
            return Optional.of("A variable is of a type that is not kept" + TYPES);
        }
        if (message.contains("Java serialization format is prohibited")) {
            return Optional.of("A variable is a serialized Java object" + TYPES);
        }
        boolean ofValues = cause instanceof SQLException database && isOfValues(database)
                || message.startsWith("Variable value is too long");
        return ofValues ? Optional.of("A value is too long or not of the form that is kept" + TYPES) : Optional.empty();
    }

    /** SQL's class 22: what was wrong with the data, not with the database. */
    private static boolean isOfValues(SQLException failure) {
        return Stream.iterate(failure, next -> next != null, SQLException::getNextException)
                .limit(NEAR)
                .anyMatch(next -> String.valueOf(next.getSQLState()).startsWith("22"));
    }
}
