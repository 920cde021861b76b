package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a manifest requires of a node. */
final class RequirementReader {
    private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9._+-]{1,100}");
    private static final Pattern MODULE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*){0,9}");

    private RequirementReader() {}

    static List<Requirement> all(ManifestFields manifest) {
        List<Requirement> requirements = new ArrayList<>();
        var elements = manifest.list("requires");
        for (int i = 0; i < elements.size(); i++) {
            var requirement = one(manifest, elements.get(i), "/requires/" + i);
            if (requirement != null) {
                requirements.add(requirement);
            }
        }
        return requirements;
    }

    private static @Nullable Requirement one(ManifestFields manifest, JsonNode node, String pointer) {
        var fields = manifest.part(node, pointer, Set.of("command", "python", "install"));
        var command = fields.text("command", 100);
        var module = fields.text("python", 100);
        var install = fields.text("install", 200);
        if (!node.isObject()) {
            return null;
        }
        if ((command == null) == (module == null)) {
            fields.refuse("", "must have either command or python", null);
            return null;
        }
        if (command != null && !COMMAND.matcher(command).matches()) {
            fields.refuse("/command", "must be the name of a program, without a path", command);
        }
        if (module != null && !MODULE.matcher(module).matches()) {
            fields.refuse("/python", "must be the name of a Python module", module);
        }
        return command != null
                ? new Requirement(Requirement.Kind.COMMAND, command, install)
                : new Requirement(Requirement.Kind.PYTHON, String.valueOf(module), install);
    }
}
