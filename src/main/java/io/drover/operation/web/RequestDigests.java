package io.drover.operation.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.operation.IdempotencyKey;
import io.drover.problem.ProblemException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pairs the header {@code Idempotency-Key} with a digest of what was asked for. */
@Component
class RequestDigests {
    private static final int LONGEST = 255;

    private final ObjectMapper json;

    RequestDigests(ObjectMapper json) {
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
            var digest = MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
            return new IdempotencyKey(value, HexFormat.of().formatHex(digest));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
