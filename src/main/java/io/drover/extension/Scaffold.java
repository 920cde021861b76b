package io.drover.extension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.files.FileModes;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.FileSystemUtils;

/** The files a new extension begins with: a program to fill in, a manifest and a README. They pass the conformance kit. */
public final class Scaffold {
    private static final String README = "README.md";

    private Scaffold() {}

    /** What the program is written in. */
    public enum Language {
        /** Shell with awk, which are everywhere. */
        BASH(".sh", Map.of("json.awk", "reads JSON"), "  - {command: awk}", ""),
        /** Python 3 and its standard library. */
        PYTHON(".py", Map.of(), "  - {command: python3, install: apt-get install python3}", ""),
        /** One source file that is compiled with each call. */
        JAVA(
                ".sh",
                Map.of("Extension.java", ""),
                "  - {command: java, install: apt-get install openjdk-17-jdk-headless}",
                "\n`Extension.java` is compiled with each call, which takes about half a second and needs a JDK, 17 or later. Where"
                        + " that is too\nslow, compile it beforehand and let `@ENTRY@` start the class.\n");

        private final String extension;
        private final Map<String, String> files;
        private final String requires;
        private final String notes;

        Language(String extension, Map<String, String> files, String requires, String notes) {
            this.extension = extension;
            this.files = files;
            this.requires = requires;
            this.notes = notes;
        }

        /**
         * The language of this name, in any case.
         *
         * @throws ProblemException when there is none
         */
        public static Language named(String name) {
            for (var language : values()) {
                if (language.name().equalsIgnoreCase(name)) {
                    return language;
                }
            }
            throw ProblemException.invalid("/language", "must be bash, python or java", name);
        }

        /** The name of the program's file. */
        private String program(String entry) {
            return this == JAVA ? "Extension.java" : entry;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is wanted. */
    public record Wanted(String name, @Nullable String description, Language language, boolean prepare) {}

    /** Whether the folder is missing or empty; one that has files is the author's and is left as it is. */
    static boolean fits(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var children = Files.list(folder)) {
            return children.findAny().isEmpty();
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the files beside the folder first, so that it is there complete or not at all.
     *
     * @throws ProblemException when the name cannot be an extension's, or the folder has files
     */
    public static void write(Path folder, Wanted wanted) {
        Names.check("/name", wanted.name());
        Descriptions.check(wanted.description());
        if (!fits(folder)) {
            throw notEmpty(folder);
        }
        var draft = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID());
        try {
            fill(draft, wanted);
            Files.deleteIfExists(folder);
            Files.move(draft, folder);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            throw notEmpty(folder); // somebody else was faster
        } catch (IOException e) {
            if (!fits(folder)) {
                throw notEmpty(folder); // rename(2) says ENOTEMPTY, which Java has no exception for
            }
            throw new UncheckedIOException("Cannot write " + folder, e);
        } finally {
            FileSystemUtils.deleteRecursively(draft.toFile());
        }
    }

    private static ProblemException notEmpty(Path folder) {
        return ProblemException.conflict("extension-folder-has-files", "The folder " + folder + " is not empty");
    }

    private static void fill(Path draft, Wanted wanted) throws IOException {
        Files.createDirectories(draft);
        var language = wanted.language();
        var entry = wanted.name() + language.extension;
        Files.writeString(draft.resolve(entry), template(language + "/program" + language.extension, wanted));
        for (var file : language.files.keySet()) {
            Files.writeString(draft.resolve(file), template(language + "/" + file, wanted));
        }
        Files.writeString(draft.resolve(ExtensionManifest.FILE), template(ExtensionManifest.FILE, wanted));
        Files.writeString(draft.resolve(README), template(README, wanted));
        FileModes.set(draft, draft.resolve(entry));
    }

    private static String template(String file, Wanted wanted) throws IOException {
        var language = wanted.language();
        var entry = wanted.name() + language.extension;
        var verbs = (wanted.prepare() ? "prepare, " : "") + "deploy, start, stop, reboot, status, statuses, delete";
        return new ClassPathResource("scaffold/" + file)
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("@NOTES@\n", language.notes)
                .replace("@FILES@", files(language, entry))
                .replace("@PROGRAM@", language.program(entry))
                .replace("@REQUIRES@", language.requires)
                .replace("@VERBS@", verbs)
                .replace("@NAME@", wanted.name())
                .replace("@ENTRY@", entry)
                .replace("@PREPARE@", Boolean.toString(wanted.prepare()))
                .replace("@DESCRIPTION@", description(wanted.description()));
    }

    private static String files(Language language, String entry) {
        return switch (language) {
            case BASH -> "| `json.awk` | reads values out of the payload |\n";
            case PYTHON -> "";
            case JAVA -> "| `" + entry + "` | what Drover runs; it starts the program |\n";
        };
    }

    /** A JSON string is a YAML string, too. */
    private static String description(@Nullable String text) throws JsonProcessingException {
        return text == null || text.isBlank()
                ? "# description: What the extension drives"
                : "description: " + new ObjectMapper().writeValueAsString(text);
    }
}
