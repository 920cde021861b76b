package io.drover.operation.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.SecretBox;
import io.drover.operation.IdempotencyKey;
import io.drover.problem.ProblemException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pairs the header {@code Idempotency-Key} with a digest of what was asked for, which may be secret: so it is made with a key. */
@Component
class RequestDigests {
    private static final int LONGEST = 255;

    private final SecretBox box;
    private final ObjectMapper json;

    RequestDigests(SecretBox box, ObjectMapper json) {
        this.box = box;
        this.json = json;
    }

    @Nullable
    IdempotencyKey key(@Nullable String value, String verb, String vm, Object body) {
        if (value == null) {
            return null;
        }
        if (value.isBlank() || value.length() > LONGEST) {
            throw ProblemException.invalid("Idempotency-Key", "must have 1 to " + LONGEST + " characters", value);
        }
        try {
            var request = verb + "\n" + vm + "\n" + json.writeValueAsString(body);
            return new IdempotencyKey(value, box.fingerprint(request));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
