package io.drover.operation.retention;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long records are kept.
 *
 * @param operations operations with their actions, from their end
 * @param texts payloads, answers and outputs of actions, from the end of their operation; no longer than that is kept
 * @param idempotencyKeys from when they were used first; no longer than operations are kept
 */
@ConfigurationProperties("drover.retention")
record RetentionProperties(
        @DefaultValue("365d") KeptFor operations,
        @DefaultValue("90d") KeptFor texts,
        @DefaultValue("30d") KeptFor idempotencyKeys) {}
