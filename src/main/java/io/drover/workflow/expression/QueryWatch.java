package io.drover.workflow.expression;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Has queries that carry expressions refused as the caller's mistake, and noted, whether by the engine or by Drover. */
final class QueryWatch extends CommandInterceptor {
    private static final String ENGINES_WORDS = "Expressions are forbidden";

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return getNext().execute(command);
        } catch (BadUserRequestException e) {
            if (String.valueOf(e.getMessage()).startsWith(ENGINES_WORDS)) {
                RefusedExpressions.note("in a query");
            }
            throw e;
        } catch (ProcessEngineException e) {
            throw e.getCause() instanceof ExpressionRefusedException refused ? refused : e;
        }
    }
}
