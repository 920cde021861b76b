package io.drover.operation;

import org.jspecify.annotations.Nullable;

/**
 * What a person has answered in a step.
 *
 * @param by the name of the account
 * @param variables the variables that were given, as the text of a JSON object
 * @param comment in the person's own words
 */
public record StepAnswer(
        String by, String variables, @Nullable String comment) {

    /** As one sentence of the step. */
    String note() {
        return "Answered by " + by + (comment == null ? "" : ": " + comment);
    }
}
