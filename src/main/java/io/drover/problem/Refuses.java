package io.drover.problem;

import io.drover.problem.ProblemException.Kind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the API's description says of a handler's refusals where that does not follow from what the handler takes: one with a
 * path variable may find nothing, one that changes something may conflict, and so on.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {

    /** What it refuses besides. */
    Kind[] also() default {};

    /** What it never refuses. */
    Kind[] never() default {};
}
