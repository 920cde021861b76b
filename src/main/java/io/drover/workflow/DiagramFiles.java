package io.drover.workflow;

import io.drover.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The diagrams as files: {@code HOME/bpmn}, then the directory of diagrams, then those in the jar; the first of a name counts. */
@Component
class DiagramFiles {
    private static final String SUFFIX = ".bpmn";

    private final Path own;
    private final Path shared;

    DiagramFiles(ProcessProperties properties, Home home) {
        this.own = home.root().resolve("bpmn");
        this.shared = properties.directory();
    }

    /**
     * A diagram.
     *
     * @param name the file's name, e.g. {@code vm-start.bpmn}
     * @param source where it was read from
     */
    record Diagram(String name, String source, byte[] content) {}

    /** All diagrams by file name. */
    Map<String, Diagram> read() {
        Map<String, Diagram> diagrams = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:bpmn/*" + SUFFIX)) {
                var name = String.valueOf(file.getFilename());
                diagrams.put(name, new Diagram(name, "the jar", file.getContentAsByteArray()));
            }
            addAll(shared, diagrams);
            addAll(own, diagrams);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the diagrams", e);
        }
        return diagrams;
    }

    private static void addAll(Path directory, Map<String, Diagram> diagrams) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                diagrams.put(name, new Diagram(name, file.toString(), Files.readAllBytes(file)));
            }
        }
    }
}
