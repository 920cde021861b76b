package io.drover.extension.run;

import io.drover.extension.manifest.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Whether what an extension requires is on this node, for the PATH that programs run with. */
@Component
public class RequirementCheck {
    private static final String FIND_MODULE =
            "import sys, importlib.util as u; sys.exit(0 if u.find_spec(sys.argv[1]) else 3)";

    private final String path;

    @Autowired
    RequirementCheck(RunnerProperties properties) {
        this(properties.path());
    }

    /** @param path directories, separated by colons */
    public RequirementCheck(String path) {
        this.path = path;
    }

    /** What is missing, in words with the line that installs it. */
    public List<String> missing(List<Requirement> requirements) {
        return requirements.stream()
                .filter(requirement -> !isThere(requirement))
                .map(RequirementCheck::told)
                .toList();
    }

    /**
     * Why a script that may be executed cannot be run on this node, by its first line.
     *
     * @param name of the file in the words
     */
    public Optional<String> interpreter(Path file, String name) {
        return FirstLine.trouble(file, name, path);
    }

    private boolean isThere(Requirement requirement) {
        return switch (requirement.kind()) {
            case COMMAND -> isCommand(requirement.name());
            case PYTHON -> isCommand("python3") && isModule(requirement.name());
        };
    }

    private boolean isCommand(String name) {
        return Stream.of(path.split(":"))
                .map(directory -> Path.of(directory, name))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    private boolean isModule(String name) {
        var command = List.of("/usr/bin/env", "-i", "PATH=" + path, "python3", "-c", FIND_MODULE, name);
        return ShortTool.run(command).exitCode() == 0;
    }

    private static String told(Requirement requirement) {
        var what = requirement.kind() == Requirement.Kind.PYTHON
                ? "the Python module " + requirement.name()
                : requirement.name();
        return what + " is missing" + (requirement.install() == null ? "" : "; install it: " + requirement.install());
    }
}
