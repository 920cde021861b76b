package io.drover.workflow;

import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.variable.impl.type.FileValueTypeImpl;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Variables of the type {@code File}, of which one without a name is its sender's mistake. */
final class NamedFiles extends FileValueTypeImpl {
    private static final long serialVersionUID = 1;

    /** @throws BadUserRequestException when something is wrong with the value or what is told of it */
    @Override
    public TypedValue createValue(@Nullable Object value, @Nullable Map<String, Object> info) {
        try {
            return super.createValue(value, info == null ? Map.of() : info);
        } catch (IllegalArgumentException e) {
            throw new BadUserRequestException("A variable of type File cannot be taken: " + e.getMessage(), e);
        }
    }
}
