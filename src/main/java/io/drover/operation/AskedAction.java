package io.drover.operation;

import org.jspecify.annotations.Nullable;

/**
 * A custom action that is being asked for.
 *
 * @param sealed the secret ones of its parameters, sealed; null when there are none
 */
record AskedAction(CustomActionCall call, @Nullable String sealed) {}
