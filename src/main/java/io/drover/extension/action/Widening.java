package io.drover.extension.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.problem.ProblemException;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;

/** What only an Admin may change of a custom action: all that lets more people run it or changes what the program is told. */
final class Widening {
    /** What cannot give anybody more than there was; of roles, fewer. */
    private static final Set<String> UNPRIVILEGED =
            Set.of("name", "description", "successMessage", "errorMessage", "enabled", "allowedRoleTypes");

    private Widening() {}

    /** @throws ProblemException when somebody who is no Admin must not make these changes */
    static void refuse(CustomAction known, ActionDefinition changed, JsonNode changes) {
        if (changed.enabled() && !known.enabled()) {
            throw ProblemException.forbidden("Only an Admin may enable custom action '" + known.name() + "'");
        }
        var more = new ArrayList<>(changed.allowedRoleTypes());
        more.removeAll(known.definition().allowedRoleTypes());
        if (!more.isEmpty()) {
            throw ProblemException.forbidden(
                    "Only an Admin may let " + more + " run custom action '" + known.name() + "'");
        }
        Set<String> others = new TreeSet<>();
        changes.fieldNames().forEachRemaining(others::add);
        others.removeAll(UNPRIVILEGED);
        if (!others.isEmpty()) {
            throw ProblemException.forbidden("Only an Admin may change " + others + " of custom action '" + known.name()
                    + "'; others may change " + new TreeSet<>(UNPRIVILEGED));
        }
    }
}
