package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.problem.Names;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a manifest from its tree; every mistake is told at once. */
final class ManifestValues {
    private static final int LONGEST_DESCRIPTION = 1000;
    private static final Set<String> FIELDS = Set.of(
            "manifestVersion",
            "name",
            "version",
            "type",
            "description",
            "entry",
            "prepare",
            "verbs",
            "wireNames",
            "answers",
            "timeouts",
            "maxTimeouts",
            "unrepeatable",
            "leftovers",
            "repeatable",
            "secretDetails",
            "reservedDetails",
            "plainDetails",
            "details",
            "configuration",
            "requires",
            "customActions",
            "conformance");

    private final ManifestFields fields;
    private final Path folder;
    private final @Nullable String otherwise;

    /** @param name the extension's if the manifest does not say it; null when it must */
    ManifestValues(JsonNode root, Path folder, @Nullable String name) {
        this.otherwise = name;
        this.fields = new ManifestFields(root, FIELDS);
        this.folder = folder;
    }

    /** @throws io.drover.problem.ProblemException with everything that is wrong */
    ManifestFile read() {
        checkManifestVersion();
        var version = fields.text("version", 50);
        checkType();
        var name = name();
        var verbs = new VerbFields(fields);
        var prepare = fields.flag("prepare", false);
        var configuration = new ConfigurationReader(fields).read();
        var actions = ActionDefinitionReader.all(fields);
        var repeatable = fields.names("repeatable", "action");
        actions.stream().filter(ActionDefinition::repeatable).forEach(action -> repeatable.add(action.name()));
        var manifest = new ExtensionManifest(
                name,
                version == null ? ExtensionManifest.NO_VERSION : version,
                ExtensionManifest.ORCHESTRATOR,
                fields.text("description", LONGEST_DESCRIPTION),
                entry(name),
                prepare,
                verbs.supported(prepare),
                verbs.wireNames(),
                answers(),
                verbs.timeouts("timeouts"),
                verbs.timeouts("maxTimeouts"),
                verbs.in("unrepeatable"),
                fields.flag("leftovers", false),
                repeatable,
                fields.names("secretDetails", "detail"),
                fields.names("reservedDetails", "detail"),
                plainDetails(),
                configuration,
                RequirementReader.all(fields));
        var details = fields.secretTexts("details");
        configuration.problems(Level.EXTENSION, details, null).forEach((detail, problem) -> {
            fields.refuse("/details/" + detail, problem, null);
        });
        var file = new ManifestFile(manifest, details, actions, new ConfigurationReader(fields).conformance());
        fields.finish();
        return file;
    }

    private Set<String> plainDetails() {
        var names = fields.names("plainDetails", "detail");
        names.stream()
                .filter(ManifestValues::isDrovers)
                .forEach(name ->
                        fields.refuse("/plainDetails", "must not have a name that Drover itself uses there", name));
        return names;
    }

    private static boolean isDrovers(String name) {
        return name.equals("deployvm") || name.startsWith("External:");
    }

    private String name() {
        var given = fields.text("name", 63);
        if (given == null && otherwise == null) {
            fields.refuse("/name", "is missing", null);
            return "";
        }
        var name = Objects.requireNonNullElse(given, String.valueOf(otherwise));
        fields.check(() -> Names.check("/name", name));
        return name;
    }

    private String entry(String name) {
        var given = fields.text("entry", EntryPath.LONGEST);
        var wanted = given == null ? ExtensionManifest.defaultEntry(name) : given;
        return Objects.requireNonNullElse(fields.check(() -> EntryPath.inManifest(folder, wanted)), wanted);
    }

    private void checkManifestVersion() {
        var version = fields.any("manifestVersion");
        if (version == null) {
            fields.refuse("/manifestVersion", "is missing; must be 1", null);
        } else if (!version.isInt() || version.intValue() != 1) {
            fields.refuse("/manifestVersion", "must be 1", ManifestFields.shown(version));
        }
    }

    private void checkType() {
        var type = fields.text("type", 40);
        if (type != null && !type.equals(ExtensionManifest.ORCHESTRATOR)) {
            fields.refuse("/type", "must be " + ExtensionManifest.ORCHESTRATOR, type);
        }
    }

    private ExtensionManifest.Answers answers() {
        var answers = fields.text("answers", 40);
        if (answers != null && !Set.of("drover", "cloudstack").contains(answers)) {
            fields.refuse("/answers", "must be drover or cloudstack", answers);
        }
        return "cloudstack".equals(answers) ? ExtensionManifest.Answers.CLOUDSTACK : ExtensionManifest.Answers.DROVER;
    }
}
