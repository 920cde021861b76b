package io.drover.conformance;

import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to verify, and with what.
 *
 * @param verbs the verbs and custom actions to ask for, by Drover's names; empty for all that the extension supports.
 *     Deploy, stop, status and delete are always asked at level full
 * @param details what the payloads carry at each level; null for what the manifest has under {@code conformance}
 * @param timeout how long a call may take; null for the verb's own timeout, at most {@link #LONGEST}
 * @param reports where payloads are kept, a directory that may be missing; null for nowhere
 * @param keepAll whether all payloads are kept and not only those of checks that failed
 * @param known what is known of an extension whose folder has no manifest, or one without a name; null to go by the folder's
 *     name
 */
public record Options(
        Thoroughness level,
        Set<String> verbs,
        @Nullable Map<Level, Map<String, String>> details,
        @Nullable Duration timeout,
        @Nullable Path reports,
        boolean keepAll,
        @Nullable ExtensionManifest known) {

    /** The longest time a call gets that is not told another. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    public Options {
        verbs = Set.copyOf(verbs);
    }

    /** Everything that this level asks, and nothing is kept. */
    public static Options of(Thoroughness level) {
        return new Options(level, Set.of(), null, null, null, false, null);
    }

    /** The same with these details. */
    public Options withDetails(@Nullable Map<Level, Map<String, String>> given) {
        return new Options(level, verbs, given, timeout, reports, keepAll, known);
    }

    /** The same, keeping payloads in this directory. */
    public Options keeping(Path directory, boolean all) {
        return new Options(level, verbs, details, timeout, directory, all, known);
    }

    /** The same for an extension of which this is known. */
    public Options knowing(ExtensionManifest manifest) {
        return new Options(level, verbs, details, timeout, reports, keepAll, manifest);
    }
}
