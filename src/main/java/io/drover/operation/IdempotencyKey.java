package io.drover.operation;

/**
 * A client's own name for a request, so that repeating it has no second effect.
 *
 * @param value 1 to 255 characters, chosen by the client, its own per account
 * @param requestDigest a digest of what was asked for under a key of the installation; the same key with another digest is a mistake
 */
public record IdempotencyKey(String value, String requestDigest) {}
