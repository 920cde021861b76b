package io.drover.workflow.expression;

import org.camunda.bpm.engine.BadUserRequestException;

/** An expression where none may be. */
final class ExpressionRefusedException extends BadUserRequestException {
    private static final long serialVersionUID = 1;

    ExpressionRefusedException(String expression, String why) {
        super("Expression '" + expression + "' " + why);
        RefusedExpressions.note(expression);
    }
}
