package io.drover.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.inventory.PowerState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what status calls answer. */
@Component
class PowerAnswer {
    private final ObjectMapper json;

    PowerAnswer(ObjectMapper json) {
        this.json = json;
    }

    /** The power state that a recorded answer tells; whatever is not clearly on or off is PowerUnknown. */
    PowerState power(@Nullable String answer) {
        if (answer == null) {
            return PowerState.PowerUnknown;
        }
        try {
            var word = json.readTree(answer).path("power_state").asText("");
            return switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "poweron" -> PowerState.PowerOn;
                case "poweroff" -> PowerState.PowerOff;
                default -> PowerState.PowerUnknown;
            };
        } catch (JsonProcessingException e) {
            return PowerState.PowerUnknown;
        }
    }
}
