package io.drover.workflow.expression;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiPredicate;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.ExpressionFactoryImpl;
import org.camunda.bpm.impl.juel.ExpressionFactoryImpl.Profile;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

/**
 * All that an expression can reach: the variables of its process, Drover's beans, a few facts about the execution, and the
 * function {@code now()}. It calls no methods, reads no properties but the entries of maps and lists,
 * and is evaluated in a process or not at all, so that a query cannot carry one in (CVE-2026-109432).
 */
final class DiagramExpressions extends JuelExpressionManager {
    static final Set<String> FUNCTIONS = Set.of("now");

    private final Map<Object, Object> beans;
    private final BiPredicate<String, String> own;

    DiagramExpressions(Map<Object, Object> beans, BiPredicate<String, String> own) {
        this.beans = beans;
        this.own = own;
        setExpressionFactory(new ExpressionFactoryImpl(Profile.JEE6, new Properties()));
    }

    @Override
    public Expression createExpression(String text) {
        try {
            return new ClosedExpression(createValueExpression(text), this, text);
        } catch (ELException e) {
            RefusedExpressions.note(text);
            throw new BadUserRequestException("Expression '" + text + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** Of the functions that the engine brings, the one alone that knows nothing but the time. */
    @Override
    public void addFunction(String name, Method function) {
        if (FUNCTIONS.contains(name)) {
            super.addFunction(name, function);
        }
    }

    @Override
    protected ELResolver createElResolver() {
        return new ClosedResolver(beans, own);
    }
}
