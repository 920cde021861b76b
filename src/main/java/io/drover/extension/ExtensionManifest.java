package io.drover.extension;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an extension says of itself in {@code extension.yaml}, with the defaults filled in. The initial details are not part
 * of it, since they may be secret and count only once.
 *
 * @param type the kind of extension; {@value #ORCHESTRATOR} is the only one
 * @param entry the executable's path inside the extension's folder, with slashes
 * @param prepare whether the first start of a VM asks the extension to prepare it
 * @param wireNames verb to the name it has on the command line, where that is not the usual one
 * @param timeouts verb, or {@value #DEFAULT}, to whole seconds from 1 to 86400
 * @param secretDetails names of details that are secret besides those whose name says so
 * @param repeatable names of custom actions that may be run again when nobody knows whether they were
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExtensionManifest(
        String name,
        String version,
        String type,
        @Nullable String description,
        String entry,
        boolean prepare,
        Map<String, String> wireNames,
        Answers answers,
        Map<String, Integer> timeouts,
        Set<String> secretDetails,
        Set<String> repeatable) {

    /** How the result of a run is read. */
    public enum Answers {
        /** A body that says error is a failure, whatever the exit code. */
        DROVER,
        /** CloudStack's exact reading: exit code 0 is success whatever the body says. */
        CLOUDSTACK
    }

    /** The type of an extension that runs VMs. */
    public static final String ORCHESTRATOR = "Orchestrator";

    static final String FILE = "extension.yaml";
    static final String NO_VERSION = "0.0.0";
    static final String DEFAULT = "default";
    static final String DEPLOY = "deploy";
    static final String CREATE = "create";

    static final Set<String> VERBS =
            Set.of("prepare", DEPLOY, "start", "stop", "reboot", "status", "statuses", "delete", "getconsole");

    public ExtensionManifest {
        wireNames = Map.copyOf(wireNames);
        timeouts = Map.copyOf(timeouts);
        secretDetails = Set.copyOf(secretDetails);
        repeatable =
                repeatable == null ? Set.of() : Set.copyOf(repeatable); // those stored before there was such a field
    }

    /** The manifest of an extension that has none. */
    static ExtensionManifest bare(String name, @Nullable String description, String entry, boolean prepare) {
        return new ExtensionManifest(
                name,
                NO_VERSION,
                ORCHESTRATOR,
                description,
                entry,
                prepare,
                Map.of(),
                Answers.DROVER,
                Map.of(),
                Set.of(),
                Set.of());
    }

    /** How long a run of this verb may take: the verb's own time, else the manifest's default; empty when neither is set. */
    public Optional<Duration> timeout(String verb) {
        return Optional.ofNullable(timeouts.getOrDefault(verb, timeouts.get(DEFAULT)))
                .map(Duration::ofSeconds);
    }

    /** The verb's name on the command line: its own name, except that deploy is {@code create} unless the manifest says so. */
    public String wireName(String verb) {
        return wireNames.getOrDefault(verb, verb.equals(DEPLOY) ? CREATE : verb);
    }

    /** Whether an action that may or may not have been run can be run again without harm: all verbs of the contract can. */
    public boolean repeats(String verb) {
        return VERBS.contains(verb) || repeatable.contains(verb);
    }

    /** Whether results are read exactly as CloudStack reads them. */
    public boolean exactAnswers() {
        return answers == Answers.CLOUDSTACK;
    }

    /** The default entry point of an extension of this name. */
    static String defaultEntry(String name) {
        return name + ".sh";
    }
}
