package io.drover.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.wire.Masking;
import io.drover.operation.CustomActionValues.Values;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a custom action needs besides what every run needs.
 *
 * @param timeout the action's own; null when nobody has defined it
 * @param details the action's own, with secrets
 * @param notRunBecause why it must not be run now; null when it may
 */
record CustomActionRun(
        String name,
        Values values,
        @Nullable Duration timeout,
        Map<String, String> details,
        CustomActionMessages messages,
        @Nullable String notRunBecause) {

    /** Completes the payload; a copy with its secret parameters masked is returned. */
    ObjectNode addTo(ObjectNode payload, Masking masking) {
        masking.learn(values.secrets());
        payload.put("action", name);
        if (!details.isEmpty()) {
            var level = payload.withObjectProperty("externaldetails").putObject("action");
            new TreeMap<>(details).forEach(level::put);
        }
        var shown = payload.deepCopy();
        if (!values.all().isEmpty()) {
            payload.set("parameters", values.all());
            shown.set("parameters", values.shown());
        }
        return shown;
    }
}
