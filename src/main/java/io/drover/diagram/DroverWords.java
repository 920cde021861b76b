package io.drover.diagram;

import java.util.List;
import java.util.Map;

/** The words of Drover's own tasks, as a diagram spells them. A test compares them with what the server takes. */
final class DroverWords {
    static final String EXECUTOR = "extensionExecutor";
    static final String MARK = "markVm";

    /** What a service task can do, and the fields that each of these has. */
    static final Map<String, List<String>> TASKS = Map.of(
            EXECUTOR,
            List.of("verb", "timeout", "retry", "exhausted"),
            "chooseHost",
            List.of(),
            "applyPatch",
            List.of(),
            MARK,
            List.of("state", "power", "reason"),
            "recordPower",
            List.of());

    /** What can be asked of a VM, hence the processes {@code vm-<verb>} that there are. */
    static final List<String> OPERATIONS =
            List.of("deploy", "start", "stop", "reboot", "status", "delete", "custom-action");

    /** What an extension can be asked besides its custom actions. */
    static final List<String> VERBS =
            List.of("prepare", "deploy", "start", "stop", "reboot", "status", "delete", "custom-action");

    /** Verbs that no task may name, although a custom action's name could look like them. */
    static final List<String> RESERVED_VERBS = List.of("create", "statuses", "getconsole");

    static final List<String> STATES = List.of(
            "Allocated",
            "Starting",
            "Running",
            "Stopping",
            "Stopped",
            "Rebooting",
            "Destroyed",
            "Expunging",
            "Expunged",
            "Error");

    static final List<String> POWERS = List.of("PowerOn", "PowerOff", "PowerUnknown");

    /** What a task for a person can name as groups, besides domains. */
    static final List<String> ROLES = List.of("Admin", "ResourceAdmin", "DomainAdmin", "User");

    static final List<String> EXHAUSTED = List.of("incident", "error");

    /** Drover's own variables that whoever starts a process by hand gives. */
    static final List<String> ASKED_AT_START = List.of("vm", "action");

    private static final String PREFIX = "vm-";
    private static final String OWN_VARIABLES = "drover";
    private static final List<String> VARIABLES = List.of("vm", "prepareWanted");
    private static final Map<String, List<String>> VARIABLES_OF =
            Map.of("vm-delete", List.of("created", "placed", "running"), "vm-custom-action", List.of("action"));

    private DroverWords() {}

    static boolean isOperation(String processId) {
        return processId.startsWith(PREFIX);
    }

    /** Whether only Drover sets the variable in processes with this id. */
    static boolean isOwnVariable(String processId, String name) {
        return isOperation(processId)
                && (name.startsWith(OWN_VARIABLES)
                        || VARIABLES.contains(name)
                        || VARIABLES_OF.getOrDefault(processId, List.of()).contains(name));
    }

    /** What the operation with this process id does. */
    static String verbOf(String processId) {
        return processId.substring(PREFIX.length());
    }

    /** The delegate expressions that name Drover's tasks. */
    static List<String> delegateExpressions() {
        return TASKS.keySet().stream().sorted().map(name -> "${" + name + "}").toList();
    }
}
