package io.drover.extension.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.drover.inventory.life.Verb;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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
 * @param verbs the verbs of the contract that it supports
 * @param wireNames verb to the name it has on the command line, where that is not the usual one
 * @param timeouts verb, or {@value #DEFAULT}, to whole seconds from 1 to 86400
 * @param maxTimeouts like {@code timeouts}: what no run is given more than
 * @param unrepeatable verbs of the contract that must not be run again when nobody knows whether they were
 * @param leftovers whether a preparation or a refused creation may leave something that only stop and delete remove
 * @param repeatable names of custom actions that may be run again when nobody knows whether they were
 * @param secretDetails names of details that are secret besides those whose name says so
 * @param reservedDetails names of VMs' details that only Admins see and change
 * @param plainDetails names of details of VMs, templates and offerings that a program is given under their own name among the
 *     VM's details, too
 * @param configuration the details it knows at each level
 * @param requirements what must be on a node for it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExtensionManifest(
        String name,
        String version,
        String type,
        @Nullable String description,
        String entry,
        boolean prepare,
        Set<String> verbs,
        Map<String, String> wireNames,
        Answers answers,
        Map<String, Integer> timeouts,
        Map<String, Integer> maxTimeouts,
        Set<String> unrepeatable,
        boolean leftovers,
        Set<String> repeatable,
        Set<String> secretDetails,
        Set<String> reservedDetails,
        Set<String> plainDetails,
        Configuration configuration,
        List<Requirement> requirements) {

    /** How the result of a run is read. */
    public enum Answers {
        /** A body that says error is a failure, whatever the exit code. */
        DROVER,
        /** CloudStack's exact reading: exit code 0 is success whatever the body says. */
        CLOUDSTACK
    }

    /** The type of an extension that runs VMs. */
    public static final String ORCHESTRATOR = "Orchestrator";

    /** The manifest's name in an extension's folder. */
    public static final String FILE = "extension.yaml";

    static final String NO_VERSION = "0.0.0";
    static final String DEFAULT = "default";
    static final String PREPARE = "prepare";
    static final String DEPLOY = "deploy";
    static final String CREATE = "create";

    /** The verbs of the contract. */
    public static final Set<String> VERBS = Verb.contract();

    /** What an extension supports that does not say which verbs it does. */
    static final Set<String> USUAL_VERBS = Verb.usual();

    /** What was not there when a manifest was stored has its default. */
    public ExtensionManifest {
        verbs = verbs == null ? usualVerbs(prepare) : Set.copyOf(verbs);
        wireNames = Map.copyOf(wireNames);
        timeouts = Map.copyOf(timeouts);
        maxTimeouts = maxTimeouts == null ? Map.of() : Map.copyOf(maxTimeouts);
        unrepeatable = unrepeatable == null ? Set.of() : Set.copyOf(unrepeatable);
        repeatable = repeatable == null ? Set.of() : Set.copyOf(repeatable);
        reservedDetails = reservedDetails == null ? Set.of() : Set.copyOf(reservedDetails);
        plainDetails = plainDetails == null ? Set.of() : Set.copyOf(plainDetails);
        configuration = configuration == null ? Configuration.NONE : configuration;
        secretDetails = union(secretDetails, configuration.secrets());
        requirements = requirements == null ? List.of() : List.copyOf(requirements);
    }

    /** The manifest of an extension that has none. */
    public static ExtensionManifest bare(String name, @Nullable String description, String entry, boolean prepare) {
        return new ExtensionManifest(
                name,
                NO_VERSION,
                ORCHESTRATOR,
                description,
                entry,
                prepare,
                usualVerbs(prepare),
                Map.of(),
                Answers.DROVER,
                Map.of(),
                Map.of(),
                Set.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Configuration.NONE,
                List.of());
    }

    private static Set<String> union(Set<String> listed, Set<String> declared) {
        var all = new HashSet<>(listed);
        all.addAll(declared);
        return Set.copyOf(all);
    }

    static Set<String> usualVerbs(boolean prepare) {
        if (!prepare) {
            return USUAL_VERBS;
        }
        var verbs = new HashSet<>(USUAL_VERBS);
        verbs.add(PREPARE);
        return verbs;
    }

    /** Whether the verb can be asked of the extension; a custom action is none of its verbs. */
    public boolean supports(String verb) {
        return verbs.contains(verb);
    }

    /** The time that a run of this verb gets: what was wished for, or else its own, but never more than its most. */
    public Duration timeout(String verb, @Nullable Duration wished, Duration otherwise) {
        var wanted = wished != null ? wished : timeout(verb).orElse(otherwise);
        var most = maxTimeouts.getOrDefault(verb, maxTimeouts.get(DEFAULT));
        return most == null || wanted.getSeconds() < most ? wanted : Duration.ofSeconds(most);
    }

    /** How long a run of this verb may take: the verb's own time, else the manifest's default; empty when neither is set. */
    public Optional<Duration> timeout(String verb) {
        return Optional.ofNullable(timeouts.getOrDefault(verb, timeouts.get(DEFAULT)))
                .map(Duration::ofSeconds);
    }

    /** The verb's name on the command line: its own name, except that deploy is {@code create} unless the manifest says so. */
    public String wireName(String verb) {
        var known = Verb.of(verb);
        return wireNames.getOrDefault(verb, known == Verb.CUSTOM_ACTION ? verb : known.wireWord());
    }

    /**
     * Whether an action that may or may not have been run can be run again without harm: all verbs of the contract can
     * unless the manifest says otherwise.
     */
    public boolean repeats(String verb) {
        return Verb.of(verb).repeatable() ? !unrepeatable.contains(verb) : repeatable.contains(verb);
    }

    /** Whether results are read exactly as CloudStack reads them. */
    public boolean exactAnswers() {
        return answers == Answers.CLOUDSTACK;
    }

    /** The default entry point of an extension of this name. */
    public static String defaultEntry(String name) {
        return name + ".sh";
    }
}
