package io.drover.operation;

import io.drover.extension.run.RunRequest;
import io.drover.extension.wire.Masking;
import org.jspecify.annotations.Nullable;

/**
 * An action that is ready to be run.
 *
 * @param request what to run; null when it must not be run, see {@link Action#notRunBecause}
 * @param masking knows the secrets of the payload
 * @param exact whether the extension wants CloudStack's exact reading of answers
 */
record Dispatch(Action action, @Nullable RunRequest request, Masking masking, boolean exact) {}
