package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.RoleType;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the definition of a custom action, from a manifest or from a request. */
public final class ActionDefinitionReader {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9 _-]{1,100}");
    private static final Set<String> RESERVED = Set.of(ExtensionManifest.CREATE, ActionDefinition.VERB);
    private static final int LONGEST_TEXT = 1000;
    private static final Set<String> FIELDS = Set.of(
            "name",
            "description",
            "resourceType",
            "allowedRoleTypes",
            "parameters",
            "successMessage",
            "errorMessage",
            "timeout",
            "repeatable",
            "enabled",
            "secretFields",
            "details");

    private ActionDefinitionReader() {}

    /** @throws ProblemException with everything that is wrong */
    public static ActionDefinition read(JsonNode body) {
        var fields = new ManifestFields(body, FIELDS);
        var definition = definition(fields);
        fields.finish();
        return definition;
    }

    static List<ActionDefinition> all(ManifestFields manifest) {
        List<ActionDefinition> actions = new ArrayList<>();
        var elements = manifest.list("customActions");
        for (int i = 0; i < elements.size(); i++) {
            var pointer = "/customActions/" + i;
            var action = definition(manifest.part(elements.get(i), pointer, FIELDS));
            if (actions.stream().anyMatch(other -> other.name().equals(action.name()))) {
                manifest.refuse(pointer + "/name", "is the name of another action of the extension", action.name());
            }
            actions.add(action);
        }
        return actions;
    }

    private static ActionDefinition definition(ManifestFields fields) {
        var timeout = fields.seconds("/timeout", fields.any("timeout"));
        return new ActionDefinition(
                name(fields),
                fields.text("description", LONGEST_TEXT),
                resourceType(fields),
                roles(fields),
                ParameterDefinitionReader.all(fields),
                message(fields, "successMessage"),
                message(fields, "errorMessage"),
                timeout == null ? ActionDefinition.DEFAULT_TIMEOUT_SECONDS : timeout,
                fields.flag("repeatable", false),
                fields.flag("enabled", true),
                secretFields(fields),
                fields.secretTexts("details"));
    }

    private static String name(ManifestFields fields) {
        var name = fields.text("name", 100);
        if (name == null) {
            if (fields.any("name") == null) {
                fields.refuse("/name", "is missing", null);
            }
            return "";
        }
        if (!NAME.matcher(name).matches()) {
            fields.refuse("/name", "must be 1 to 100 letters, digits, blanks, '_' and '-'", name);
        }
        if (RESERVED.contains(name) || ExtensionManifest.VERBS.contains(name)) {
            fields.refuse("/name", "is a verb of the contract", name);
        }
        if (Names.isId(name)) {
            fields.refuse("/name", "must not be a UUID, which would be taken for an id", name);
        }
        return name;
    }

    private static String resourceType(ManifestFields fields) {
        var type = fields.text("resourceType", 40);
        if (type != null && !type.equals(ActionDefinition.VIRTUAL_MACHINE)) {
            fields.refuse("/resourceType", "must be " + ActionDefinition.VIRTUAL_MACHINE, type);
        }
        return ActionDefinition.VIRTUAL_MACHINE;
    }

    private static Set<RoleType> roles(ManifestFields fields) {
        var all = Stream.of(RoleType.values()).filter(RoleType::asksOfVms).toList();
        Set<RoleType> roles = EnumSet.of(RoleType.ADMIN);
        int i = 0;
        for (var name : fields.texts("allowedRoleTypes")) {
            var found =
                    all.stream().filter(role -> role.wireName().equals(name)).findFirst();
            found.ifPresent(roles::add);
            if (found.isEmpty()) {
                fields.refuse("/allowedRoleTypes/" + i, "must be one of " + all, name);
            }
            i++;
        }
        return roles;
    }

    private static List<String> secretFields(ManifestFields fields) {
        var names = fields.texts("secretFields");
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (!SecretFields.isOne(name)) {
                fields.refuse("/secretFields/" + i, SecretFields.FORM, name);
            } else if (names.indexOf(name) < i) {
                fields.refuse("/secretFields/" + i, "is there twice", name);
            }
        }
        if (names.size() > SecretFields.MOST) {
            fields.refuse("/secretFields", "may have up to " + SecretFields.MOST + " elements", names.size());
        }
        return names;
    }

    private static @Nullable String message(ManifestFields fields, String field) {
        var template = fields.text(field, LONGEST_TEXT);
        if (template != null) {
            for (var unknown : MessageTemplate.unknown(template)) {
                fields.refuse("/" + field, "may have the placeholders " + MessageTemplate.known() + " only", unknown);
            }
        }
        return template;
    }
}
