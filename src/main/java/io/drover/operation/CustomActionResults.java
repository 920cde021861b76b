package io.drover.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.drover.extension.run.RunResult;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Cancelled;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.extension.wire.PrintedAnswer;
import io.drover.text.Cut;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Composes what the person who asked for a custom action is answered: data without secrets, of limited size. */
@Component
class CustomActionResults {
    /** So many characters of JSON may the details have. */
    static final int LONGEST = 65_536;

    /** What is below it must not be taken for a secret itself, so its name does not speak of one. */
    private static final String TO_FETCH = "toFetch";

    private final ObjectMapper json;

    CustomActionResults(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The result as JSON; null for an action that is no custom action.
     *
     * @param told the outcome with its message masked
     * @param handed what of it is for this person alone
     */
    @Nullable
    String of(Dispatch dispatch, RunResult run, Outcome told, @Nullable HandedSecret handed) {
        var messages = dispatch.messages();
        if (messages == null) {
            return null;
        }
        boolean success = told instanceof Succeeded;
        var printed = success
                ? PrintedAnswer.of(run.output(), dispatch.masking(), json)
                : new PrintedAnswer(false, TextNode.valueOf(failure(told)));
        var result = json.createObjectNode()
                .put("success", success)
                .put("message", success ? messages.success() : messages.failure())
                .put("printMessage", printed.printMessage());
        if (printed.details() != null) {
            putDetails(result, printed.details());
        }
        if (handed != null) {
            var toFetch = result.putObject(TO_FETCH).put("until", handed.until().toString());
            handed.fields().forEach(toFetch.putArray("fields")::add);
        }
        return Cut.clean(result.toString());
    }

    private void putDetails(ObjectNode result, JsonNode details) {
        int length = details.toString().length();
        if (length <= LONGEST) {
            result.set("details", details);
        } else if (details.isArray()) {
            var head = head(details);
            result.set("details", head);
            result.put("note", "Only the first " + head.size() + " of " + details.size() + " elements are here");
        } else {
            var text = details.isTextual() ? details.textValue() : details.toString();
            result.put("details", Cut.beginning(LONGEST / 2, text));
            result.put("note", "Only the beginning of " + text.length() + " characters is here, as text");
        }
    }

    private JsonNode head(JsonNode array) {
        var head = json.createArrayNode();
        int length = 0;
        for (var element : array) {
            length += element.toString().length() + 1;
            if (length > LONGEST) {
                break;
            }
            head.add(element);
        }
        return head;
    }

    private static String failure(Outcome outcome) {
        if (outcome instanceof Refused refused) {
            return refused.message();
        }
        if (outcome instanceof Trouble trouble) {
            return trouble.message();
        }
        return ((Cancelled) outcome).message();
    }
}
