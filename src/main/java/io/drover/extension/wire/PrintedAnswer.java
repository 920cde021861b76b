package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.drover.extension.run.Output;
import org.jspecify.annotations.Nullable;

/**
 * What a custom action has printed, as data and without secrets (contract 5.3).
 *
 * @param printMessage whether the program wants its {@code message} shown to the person who asked
 * @param details that message, else all that was printed: as JSON where it is JSON, else as text; null when there is nothing
 */
public record PrintedAnswer(boolean printMessage, @Nullable JsonNode details) {

    /** What was printed, where it is one JSON object or array, with its secrets; null where it is not, or was too long. */
    public static @Nullable JsonNode document(Output output, ObjectMapper mapper) {
        return output.cut() ? null : new JsonAnswer(mapper).document(AnswerTextReader.trimmed(output.text()));
    }

    /** Reads standard output; of what was too long, head and tail are there as text. */
    public static PrintedAnswer of(Output output, Masking masking, ObjectMapper mapper) {
        var text = AnswerTextReader.trimmed(output.text());
        if (text.isEmpty()) {
            return new PrintedAnswer(false, null);
        }
        var parsed = document(output, mapper);
        if (parsed == null) {
            return new PrintedAnswer(
                    false, TextNode.valueOf(masking.output(output).strip()));
        }
        var masked = masking.json(parsed);
        boolean print = masked.path("printmessage").asText().strip().equalsIgnoreCase("true") && masked.has("message");
        return new PrintedAnswer(print, print ? masked.path("message") : masked);
    }
}
