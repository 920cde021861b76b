package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the first line of a script says of its interpreter, read as the kernel and {@code env} read it. */
public final class FirstLine {
    private static final int LONGEST = 4096;
    private static final String MARK = "\ufeff";
    private static final String SCRIPT = "#!";
    private static final String ENV = "/env";

    private final String line;
    private final String path;

    private FirstLine(String line, String path) {
        this.line = line;
        this.path = path;
    }

    /**
     * Why a file that may be executed cannot be run all the same: its interpreter is not there, or its first line does not name it
     * to the kernel. Empty for what is no script.
     *
     * @param name of the file in the words
     * @param path directories, separated by colons, in which {@code env} looks for programs
     */
    public static Optional<String> trouble(Path file, String name, String path) {
        try (var in = Files.newInputStream(file)) {
            var head = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            var line = head.substring(0, head.indexOf('\n') < 0 ? head.length() : head.indexOf('\n'));
            if (line.startsWith(MARK + SCRIPT)) {
                return Optional.of(name
                        + " begins with a byte order mark, so that its #! does not count: sed -i '1s/^\\xEF\\xBB\\xBF//' "
                        + quoted(file));
            }
            if (line.startsWith(SCRIPT) && line.indexOf('\r') >= 0) {
                return Optional.of(windows(name, file));
            }
            return Optional.ofNullable(new FirstLine(line, path).interpreter());
        } catch (IOException e) {
            return Optional.of(name + " cannot be read: " + e.getMessage());
        }
    }

    /** What to say of a script with the line ends of Windows. */
    public static String windows(String name, Path file) {
        return name + " has Windows line ends (CR LF), with which no interpreter is found: sed -i 's/\\r$//' "
                + quoted(file);
    }

    private @Nullable String interpreter() {
        if (!line.startsWith(SCRIPT)) {
            return null;
        }
        var words = line.substring(SCRIPT.length()).strip().split("[ \t]+", 2);
        var command = words[0];
        if (!command.startsWith("/")) {
            return "the interpreter must be an absolute path, but is " + (command.isEmpty() ? "missing" : command);
        }
        var file = Path.of(command);
        if (!Files.isRegularFile(file)) {
            return "the interpreter " + command + " is not there";
        }
        if (!Files.isExecutable(file)) {
            return "the interpreter " + command + " cannot be executed";
        }
        return command.endsWith(ENV) && words.length > 1 ? found(words[1]) : null;
    }

    /** The kernel hands on all that stands behind env as one word, which only -S takes apart. */
    private @Nullable String found(String given) {
        var split = given.startsWith("-S") || given.startsWith("--split-string") || given.startsWith("-vS");
        var words = split
                ? Arrays.asList(given.replaceFirst("^(-v?S|--split-string=?)", "")
                        .strip()
                        .split("[ \t]+"))
                : List.of(given);
        var name = words.stream()
                .filter(word -> !word.startsWith("-") && !word.contains("=") && !word.isEmpty())
                .findFirst()
                .orElse("");
        if (name.isEmpty() || isCommand(name)) {
            return null;
        }
        return "the interpreter " + name + " is not there, going by PATH=" + path
                + (name.contains(" ") ? "; more than one word needs #!/usr/bin/env -S" : "");
    }

    private boolean isCommand(String name) {
        var places = name.contains("/") ? Stream.of("/") : Stream.of(path.split(":"));
        return places.map(directory -> Path.of(directory, name))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "'\\''") + "'";
    }
}
