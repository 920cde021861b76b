package io.drover.extension;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads {@code extension.yaml}: plain data only, of limited size, without aliases; every mistake is told at once. */
@Component
class ManifestReader {
    static final int LARGEST = 256 * 1024;

    private static final Set<String> FIELDS = Set.of(
            "manifestVersion",
            "name",
            "version",
            "type",
            "description",
            "entry",
            "prepare",
            "wireNames",
            "answers",
            "timeouts",
            "secretDetails",
            "repeatable",
            "details");

    private final ObjectMapper yaml =
            new ObjectMapper(factory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static YAMLFactory factory() {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setMaxAliasesForCollections(0);
        return YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(10).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /**
     * The manifest in this folder.
     *
     * @throws ProblemException with everything that is wrong with it
     */
    ManifestFile read(Path folder) {
        var file = folder.resolve(ExtensionManifest.FILE);
        try {
            return toManifest(tree(content(folder, file)), String.valueOf(folder.getFileName()), folder);
        } catch (JacksonException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            var message = e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
            throw ProblemException.invalid("", "is not valid YAML: " + message + where, ExtensionManifest.FILE);
        } catch (IOException e) {
            throw ProblemException.invalid("", "cannot be read: " + e, ExtensionManifest.FILE);
        }
    }

    private static byte[] content(Path folder, Path file) throws IOException {
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw ProblemException.invalid("", "is a symbolic link that leaves the folder", ExtensionManifest.FILE);
        }
        if (!Files.isRegularFile(file)) {
            throw ProblemException.invalid("", "is not a regular file", ExtensionManifest.FILE);
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw ProblemException.invalid("", "is larger than " + LARGEST / 1024 + " KiB", ExtensionManifest.FILE);
            }
            return bytes;
        }
    }

    private JsonNode tree(byte[] content) throws IOException {
        try (var parser = (YAMLParser) yaml.getFactory().createParser(content)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw ProblemException.invalid(
                            "",
                            "has an alias (line " + parser.currentLocation().getLineNr() + "); write the value out",
                            "*" + parser.getText());
                }
            }
        }
        var root = yaml.readTree(content);
        if (root == null || !root.isObject()) {
            throw ProblemException.invalid("", "must be a mapping of fields to values", ExtensionManifest.FILE);
        }
        return root;
    }

    private static ManifestFile toManifest(JsonNode root, String folderName, Path folder) {
        var fields = new ManifestFields(root, FIELDS);
        checkManifestVersion(fields);
        var name = fields.text("name", 63);
        var effectiveName = name == null ? folderName : name;
        fields.check(() -> Names.check("/name", effectiveName));
        var version = fields.text("version", 50);
        checkType(fields);
        var given = fields.text("entry", EntryPath.LONGEST);
        var wanted = given == null ? ExtensionManifest.defaultEntry(effectiveName) : given;
        var entry = fields.check(() -> EntryPath.inManifest(folder, wanted));
        var manifest = new ExtensionManifest(
                effectiveName,
                version == null ? ExtensionManifest.NO_VERSION : version,
                ExtensionManifest.ORCHESTRATOR,
                fields.text("description", Extension.LONGEST_DESCRIPTION),
                entry == null ? wanted : entry,
                fields.flag("prepare"),
                wireNames(fields),
                answers(fields),
                timeouts(fields),
                fields.names("secretDetails", "detail"),
                fields.names("repeatable", "action"));
        var details = fields.secretTexts("details");
        fields.finish();
        return new ManifestFile(manifest, details);
    }

    private static void checkManifestVersion(ManifestFields fields) {
        var version = fields.any("manifestVersion");
        if (version == null) {
            fields.refuse("/manifestVersion", "is missing; must be 1", null);
        } else if (!version.isInt() || version.intValue() != 1) {
            fields.refuse("/manifestVersion", "must be 1", ManifestFields.shown(version));
        }
    }

    private static void checkType(ManifestFields fields) {
        var type = fields.text("type", 40);
        if (type != null && !type.equals(ExtensionManifest.ORCHESTRATOR)) {
            fields.refuse("/type", "must be " + ExtensionManifest.ORCHESTRATOR, type);
        }
    }

    private static ExtensionManifest.Answers answers(ManifestFields fields) {
        var answers = fields.text("answers", 40);
        if (answers != null && !Set.of("drover", "cloudstack").contains(answers)) {
            fields.refuse("/answers", "must be drover or cloudstack", answers);
        }
        return "cloudstack".equals(answers) ? ExtensionManifest.Answers.CLOUDSTACK : ExtensionManifest.Answers.DROVER;
    }

    private static Map<String, String> wireNames(ManifestFields fields) {
        Map<String, String> names = new HashMap<>();
        fields.mapping("wireNames").forEach((verb, value) -> {
            var pointer = "/wireNames/" + verb;
            if (!verb.equals(ExtensionManifest.DEPLOY)) {
                fields.refuse(pointer, "has a fixed name; only deploy can be named", verb);
            } else if (!Set.of(ExtensionManifest.CREATE, ExtensionManifest.DEPLOY)
                    .contains(value.asText())) {
                fields.refuse(pointer, "must be create or deploy", ManifestFields.shown(value));
            } else {
                names.put(verb, value.asText());
            }
        });
        return names;
    }

    private static Map<String, Integer> timeouts(ManifestFields fields) {
        Map<String, Integer> seconds = new HashMap<>();
        fields.mapping("timeouts").forEach((verb, value) -> {
            var pointer = "/timeouts/" + verb;
            if (!verb.equals(ExtensionManifest.DEFAULT) && !ExtensionManifest.VERBS.contains(verb)) {
                fields.refuse(
                        pointer,
                        "is not a verb; must be default or one of " + new TreeSet<>(ExtensionManifest.VERBS),
                        verb);
            } else if (!value.isInt() || value.intValue() < 1 || value.intValue() > 86_400) {
                fields.refuse(pointer, "must be whole seconds from 1 to 86400", ManifestFields.shown(value));
            } else {
                seconds.put(verb, value.intValue());
            }
        });
        return seconds;
    }
}
