package io.drover.extension;

import io.drover.text.Cut;
import org.jspecify.annotations.Nullable;

/**
 * Whether an extension can be run on this node.
 *
 * @param reason why not, with paths relative to the extension's folder; null when it is ready
 * @param digest of its files here; null when they cannot be read
 */
public record Readiness(
        boolean ready, @Nullable String reason, @Nullable String digest) {

    private static final int LONGEST = 2000;

    static Readiness yes(String digest) {
        return new Readiness(true, null, digest);
    }

    static Readiness no(String reason, @Nullable String digest) {
        return new Readiness(false, Cut.to(LONGEST, reason), digest);
    }

    /** That this extension is not ready and why, as a sentence. */
    public String refusal(Extension extension) {
        return "Extension '" + extension.name() + "' is not ready on this node: " + reason;
    }
}
