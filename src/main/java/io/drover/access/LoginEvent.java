package io.drover.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody logged in, or tried to.
 *
 * @param kind {@code login.succeeded}, {@code login.failed}, {@code login.locked-out} or {@code api-key.refused}
 * @param actor who logged in; null when nobody did
 * @param name the name or id that was shown, made safe and cut
 * @param subjectId the id of the account or key, or {@code -}
 * @param body the values that matter; no secrets
 */
public record LoginEvent(
        String kind,
        @Nullable Actor actor,
        String name,
        String subjectId,
        Map<String, ?> body) {

    /** The kind of thing it is about, {@code account} or {@code api-key}. */
    public String subjectType() {
        return kind.startsWith("api-key") ? "api-key" : "account";
    }
}
