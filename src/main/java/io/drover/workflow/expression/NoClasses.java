package io.drover.workflow.expression;

import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.runtime.DeserializationTypeValidator;

/** Makes no object of a class that a diagram or a variable names. */
final class NoClasses implements ArtifactFactory, DeserializationTypeValidator {

    @Override
    public <T> T getArtifact(Class<T> type) {
        throw new BadUserRequestException(
                "Class " + type.getName() + " is not made; tasks and listeners name Drover's delegate expressions");
    }

    @Override
    public boolean validate(String typeName) {
        return false;
    }
}
