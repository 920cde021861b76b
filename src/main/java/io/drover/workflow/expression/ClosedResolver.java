package io.drover.workflow.expression;

import java.beans.FeatureDescriptor;
import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * What names in expressions mean, by a fixed list: beans, then facts about the execution, then variables; below them the entries
 * of maps, lists and arrays. Nothing is found by reflection, and nothing is called or set.
 */
final class ClosedResolver extends ELResolver {
    private static final String EXECUTION = "execution";

    private final Map<Object, Object> beans;
    private final BiPredicate<String, String> own;

    ClosedResolver(Map<Object, Object> beans, BiPredicate<String, String> own) {
        this.beans = beans;
        this.own = own;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        context.setPropertyResolved(true);
        if (base == null) {
            return named(context, String.valueOf(property));
        }
        if (base instanceof Facts facts) {
            return facts.get(String.valueOf(property));
        }
        if (base instanceof Map<?, ?> map) {
            return map.get(property);
        }
        if (base instanceof List<?> list) {
            var index = index(property);
            return index < 0 || index >= list.size() ? null : list.get(index);
        }
        if (base.getClass().isArray()) {
            var index = index(property);
            return index < 0 || index >= Array.getLength(base) ? null : Array.get(base, index);
        }
        throw refusal("'" + property + "' is asked of a " + kind(base)
                + "; only maps, lists and arrays have something in them, and nothing has properties");
    }

    @Override
    public Object invoke(
            ELContext context,
            @Nullable Object base,
            @Nullable Object method,
            Class<?> @Nullable [] types,
            Object @Nullable [] parameters) {
        throw refusal("'" + method + "()' is called; expressions call no methods, and of functions only now()");
    }

    @Override
    public void setValue(
            ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        throw refusal("'" + property + "' is to be set; expressions only read");
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        context.setPropertyResolved(true);
        return true;
    }

    @Override
    public Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        context.setPropertyResolved(true);
        return Object.class;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return List.<FeatureDescriptor>of().iterator();
    }

    private @Nullable Object named(ELContext context, String name) {
        if (beans.containsKey(name)) {
            return beans.get(name);
        }
        var scope = context.getContext(VariableScope.class) instanceof VariableScope found ? found : null;
        var execution = execution(scope);
        if (name.equals(EXECUTION) && execution != null) {
            return new Facts(execution);
        }
        if (execution != null && own.test(execution.getProcessDefinition().getKey(), name)) {
            return own(execution, name);
        }
        if (scope != null && scope.hasVariable(name)) {
            return scope.getVariable(name);
        }
        throw unknown(name);
    }

    /** From the process itself and what is kept of it, whatever stands before it on the way. */
    private static @Nullable Object own(ExecutionEntity execution, String name) {
        var process = execution.getProcessInstance();
        TypedValue value = process.getVariableLocalTyped(name);
        if (value == null || value.isTransient()) {
            throw unknown(name);
        }
        return value.getValue();
    }

    private static @Nullable ExecutionEntity execution(@Nullable VariableScope scope) {
        if (scope instanceof TaskEntity task) {
            return task.getExecution();
        }
        return scope instanceof ExecutionEntity execution ? execution : null;
    }

    /** What an expression can know of the execution it is in. */
    private record Facts(ExecutionEntity execution) {
        @Nullable Object get(String name) {
            return switch (name) {
                case "processBusinessKey" -> execution.getProcessBusinessKey();
                case "processInstanceId" -> execution.getProcessInstanceId();
                case "currentActivityId" -> execution.getCurrentActivityId();
                case "currentActivityName" -> execution.getCurrentActivityName();
                default -> throw refusal("'" + name + "' is asked of the execution, which tells only [currentActivityId,"
                        + " currentActivityName, processBusinessKey, processInstanceId]");
            };
        }

        @Override
        public String toString() {
            return EXECUTION;
        }
    }

    private static int index(@Nullable Object property) {
        if (property instanceof Number number) {
            return number.intValue();
        }
        try {
            return Integer.parseInt(String.valueOf(property));
        } catch (NumberFormatException e) {
            throw refusal("'" + property + "' is asked of a list; its entries have numbers from 0");
        }
    }

    private static String kind(Object base) {
        return base instanceof String ? "text" : base.getClass().getSimpleName();
    }

    private static ELException unknown(String name) {
        return refusal("There is no variable '" + name + "' here");
    }

    private static ELException refusal(String why) {
        return new ELException(why);
    }
}
