package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a program has printed on standard output, as far as it is an answer. */
sealed interface AnswerText {

    /** One JSON object and nothing else. */
    record Said(JsonNode body) implements AnswerText {}

    /** Text, or JSON that tells no status. */
    record Plain(String text) implements AnswerText {}

    /** More than one JSON object, or one among other lines; all that tell a status tell success. */
    record Mixed() implements AnswerText {}

    /**
     * Something that was meant as JSON and cannot be read, so that an error may hide in it.
     *
     * @param last the last object in it that tells a status; null without one
     */
    record Garbled(@Nullable JsonNode last) implements AnswerText {}

    /** The object to take a program's own words from, however it was printed; null without one. */
    default @Nullable JsonNode words() {
        if (this instanceof Said said) {
            return said.body();
        }
        return this instanceof Garbled garbled ? garbled.last() : null;
    }
}
