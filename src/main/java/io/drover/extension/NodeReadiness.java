package io.drover.extension;

import java.time.Instant;

/** What a node found when it last looked at an extension. */
public record NodeReadiness(String node, Readiness readiness, Instant checkedAt) {}
