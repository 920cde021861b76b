package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The answer to getconsole (contract 4.3): where a VM's console is. */
final class ConsoleAnswer {
    private ConsoleAnswer() {}

    /** What is missing in an answer, in CloudStack's words; null when it can be used. */
    static @Nullable String flaw(JsonNode answer) {
        var console = answer.path("console");
        if (!console.isObject()) {
            return "Missing console object in output";
        }
        boolean complete = hasText(console, "url") || (hasText(console, "host") && isPort(console.path("port")));
        return complete ? null : "Missing required fields in output";
    }

    private static boolean hasText(JsonNode console, String field) {
        return !console.path(field).asText().isBlank();
    }

    private static boolean isPort(JsonNode port) {
        try {
            return Integer.parseInt(port.asText().strip()) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
