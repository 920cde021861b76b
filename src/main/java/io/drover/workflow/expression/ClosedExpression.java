package io.drover.workflow.expression;

import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;
import org.jspecify.annotations.Nullable;

/** An expression that is evaluated within a process only, and that sets nothing. Plain text may stand anywhere. */
final class ClosedExpression extends JuelExpression {

    ClosedExpression(ValueExpression expression, JuelExpressionManager language, String text) {
        super(expression, language, text);
    }

    @Override
    public @Nullable Object getValue(@Nullable VariableScope scope, @Nullable BaseDelegateExecution context) {
        if (scope == null && !isLiteralText()) {
            throw refusal("belongs to no process. Only diagrams have expressions; queries and filters take plain values");
        }
        return super.getValue(scope, context);
    }

    @Override
    public void setValue(
            @Nullable Object value, @Nullable VariableScope scope, @Nullable BaseDelegateExecution context) {
        throw refusal("is to be set. Expressions only read");
    }

    private ExpressionRefusedException refusal(String why) {
        return new ExpressionRefusedException(getExpressionText(), why);
    }
}
