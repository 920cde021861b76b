package io.drover.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.inventory.PowerState;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what status calls answer. */
@Component
class PowerAnswer {
    private final ObjectMapper json;

    PowerAnswer(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What a status call has seen.
     *
     * @param uuid the id of the VM that it was made for, where the extension tells it
     */
    record Seen(PowerState power, @Nullable String uuid) {
        static final Seen NOTHING = new Seen(PowerState.PowerUnknown, null);

        boolean tells(UUID vm) {
            return vm.toString().equalsIgnoreCase(uuid);
        }
    }

    /** What a status call has seen; nothing when it did not succeed. */
    Seen seen(Action status) {
        var answer = status.answer();
        if (status.state() != ActionState.SUCCEEDED || answer == null) {
            return Seen.NOTHING;
        }
        try {
            var uuid = json.readTree(answer).path("uuid").asText("").strip();
            return new Seen(power(answer), uuid.isEmpty() ? null : uuid);
        } catch (JsonProcessingException e) {
            return Seen.NOTHING;
        }
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
