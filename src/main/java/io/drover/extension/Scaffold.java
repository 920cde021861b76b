package io.drover.extension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.files.FileModes;
import io.drover.extension.manifest.ExtensionManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** The files a new extension begins with: a script to fill in, a manifest and a README. */
@Component
class Scaffold {
    private final ObjectMapper json;

    Scaffold(ObjectMapper json) {
        this.json = json;
    }

    /** Whether the folder is missing or empty; one that has files is the author's and is left as it is. */
    static boolean fits(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var children = Files.list(folder)) {
            return children.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the files beside the folder first, so that it is there complete or not at all. */
    void write(Path folder, NewExtension extension) {
        var draft = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID());
        try {
            fill(draft, extension);
            Files.deleteIfExists(folder);
            Files.move(draft, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + folder, e);
        } finally {
            FileSystemUtils.deleteRecursively(draft.toFile());
        }
    }

    private void fill(Path draft, NewExtension extension) throws IOException {
        Files.createDirectories(draft);
        var entry = draft.resolve(ExtensionManifest.defaultEntry(extension.name()));
        Files.writeString(entry, template("base.sh", extension));
        Files.writeString(draft.resolve(ExtensionManifest.FILE), template("extension.yaml", extension));
        Files.writeString(draft.resolve("README.md"), template("README.md", extension));
        FileModes.set(draft, entry);
    }

    private String template(String file, NewExtension extension) throws IOException {
        return new ClassPathResource("scaffold/" + file)
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("@NAME@", extension.name())
                .replace("@ENTRY@", ExtensionManifest.defaultEntry(extension.name()))
                .replace("@PREPARE@", Boolean.toString(extension.prepare()))
                .replace("@DESCRIPTION@", description(extension));
    }

    /** A JSON string is a YAML string, too. */
    private String description(NewExtension extension) throws JsonProcessingException {
        var text = extension.description();
        return text == null || text.isBlank()
                ? "# description: What the extension drives"
                : "description: " + json.writeValueAsString(text);
    }
}
