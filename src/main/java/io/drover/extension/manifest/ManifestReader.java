package io.drover.extension.manifest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads {@code extension.yaml}: plain data only, of limited size, without aliases; every mistake is told at once. */
@Component
public class ManifestReader {
    static final int LARGEST = 256 * 1024;

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
     * The manifest in this folder, whose name is the extension's unless the manifest says another.
     *
     * @throws ProblemException with everything that is wrong with it
     */
    public ManifestFile read(Path folder) {
        return read(folder, String.valueOf(folder.getFileName()));
    }

    /**
     * The manifest in this folder.
     *
     * @param name the extension's if the manifest does not say it; null when it must
     * @throws ProblemException with everything that is wrong with it
     */
    public ManifestFile read(Path folder, @Nullable String name) {
        var file = folder.resolve(ExtensionManifest.FILE);
        try {
            return new ManifestValues(tree(content(folder, file)), folder, name).read();
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
}
