package io.drover.access;

import java.util.Map;
import java.util.UUID;

/**
 * A change to an account or an API key, published inside the transaction that makes it.
 *
 * @param kind what happened, {@code <thing>.<past tense>}, e.g. {@code account.created} or {@code api-key.deleted}
 * @param body the values that matter; no secrets
 */
public record AccessChange(Actor actor, String kind, UUID subjectId, String subjectName, Map<String, ?> body) {

    /** The kind of thing that was changed, {@code account} or {@code api-key}. */
    public String subjectType() {
        return kind.substring(0, kind.indexOf('.'));
    }
}
