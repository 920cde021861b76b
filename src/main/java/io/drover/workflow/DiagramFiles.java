package io.drover.workflow;

import io.drover.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The diagrams as files: {@code HOME/bpmn}, then the directory of diagrams, then those in the jar; the first of a name counts. */
@Component
class DiagramFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DiagramFiles.class);
    private static final Pattern SUFFIX = Pattern.compile("\\.bpmn(20\\.xml)?$", Pattern.CASE_INSENSITIVE);

    private final Path own;
    private final Path shared;

    DiagramFiles(ProcessProperties properties, Home home) {
        this.own = home.root().resolve("bpmn");
        this.shared = properties.directory();
    }

    /**
     * A diagram.
     *
     * @param name the process's id and {@code .bpmn}, e.g. {@code vm-start.bpmn}
     * @param source where it was read from
     */
    record Diagram(String name, String source, byte[] content) {}

    /** All diagrams by file name. */
    Map<String, Diagram> read() {
        Map<String, Diagram> diagrams = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:bpmn/*.bpmn")) {
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

    /** The id of the process that a diagram of this path has: the file's name without what tells its kind. */
    static String process(String path) {
        var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        var suffix = SUFFIX.matcher(name);
        return suffix.find() ? name.substring(0, suffix.start()) : name;
    }

    private static void addAll(Path directory, Map<String, Diagram> diagrams) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Map<String, Path> found = new HashMap<>();
        for (var file : filesIn(directory)) {
            var name = process(file.toString()) + ".bpmn";
            var other = found.putIfAbsent(name, file);
            if (!SUFFIX.matcher(file.toString()).find()) {
                LOG.warn("{} is not read: diagrams are files named PROCESS-ID.bpmn or PROCESS-ID.bpmn20.xml", file);
            } else if (other != null) {
                LOG.warn("{} is not read: {} is there for the same process", file, other.getFileName());
            } else {
                diagrams.put(name, new Diagram(name, file.toString(), Files.readAllBytes(file)));
            }
        }
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
