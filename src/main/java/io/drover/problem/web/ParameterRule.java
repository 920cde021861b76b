package io.drover.problem.web;

import io.drover.problem.Violation;
import org.jspecify.annotations.Nullable;

/** What else must hold of the value of a query parameter, besides its type. All beans of this kind are asked. */
public interface ParameterRule {

    /**
     * What is wrong with a value; null if nothing is, or if this rule is not about the parameter.
     *
     * @param controller the class that serves the request
     * @param value of the type that the controller takes
     */
    @Nullable
    Violation check(Class<?> controller, String name, Object value);
}
