package io.drover.extension;

import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import io.drover.extension.manifest.SecretWays;
import io.drover.problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells people, where they set details, which secrets would go where those who set them have not sent them. */
final class SecretWayCheck {
    private final SecretWays ways;
    private final Level level;
    private final String prefix;

    /**
     * @param level whose details are given
     * @param prefix the JSON pointer of the thing that has them
     */
    SecretWayCheck(ExtensionManifest manifest, Level level, String prefix) {
        this.ways = new SecretWays(manifest);
        this.level = level;
        this.prefix = prefix;
    }

    /** Secrets of a level that would go to an address of a lower one. */
    List<Violation> astray(Map<Level, Map<String, String>> all) {
        return ways.astray(all).stream().map(this::violation).toList();
    }

    /**
     * Secrets that are kept and would go elsewhere than before.
     *
     * @param anew names of details that are given with their values
     */
    List<Violation> redirected(
            Map<Level, Map<String, String>> before, Map<Level, Map<String, String>> after, Set<String> anew) {
        return ways.redirected(before, after, anew).stream()
                .map(this::violation)
                .toList();
    }

    private Violation violation(SecretWays.Astray astray) {
        return astray.at() == level
                ? new Violation(ConfigurationCheck.pointer(prefix, astray.address()), astray.message(), null)
                : new Violation(prefix + "/details", "'" + astray.address() + "' " + astray.message(), null);
    }
}
