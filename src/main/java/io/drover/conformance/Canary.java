package io.drover.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Notices when a text of the payload was run, or written anew, by a shell. */
final class Canary implements AutoCloseable {
    /** How the file begins whose name no payload has in full. */
    static final String NAMELESS = "found-";

    private static final int WORD = 8;

    private final Path directory;
    private final String word;
    private final Map<String, String> files = new TreeMap<>();

    /** Makes a directory in which anybody may write. */
    Canary() {
        try {
            directory = Files.createTempDirectory("canary-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            var random = new byte[WORD / 2];
            new java.security.SecureRandom().nextBytes(random);
            word = HexFormat.of().formatHex(random);
            Files.createFile(directory.resolve(NAMELESS + word));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** A word that is nowhere else. */
    String word() {
        return word;
    }

    /** The path of a file that is there only if somebody ran the command which makes it. */
    String file(String name) {
        var known = files.entrySet().stream()
                .filter(file -> file.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
        return directory
                .resolve(known.orElseGet(() -> {
                    var file = "f" + files.size();
                    files.put(file, name);
                    return file;
                }))
                .toString();
    }

    /** What a shell has done with a text of this call's payload, for a person; null where nothing is seen of that. */
    @Nullable
    String sprung(Call call) {
        var made = made();
        if (made != null) {
            return "a shell ran a part of a text that has " + made + " in it";
        }
        var said = call.output() + "\n" + call.errorOutput();
        for (var file : files.entrySet()) {
            var tried = Pattern.compile("touch: .*" + Pattern.quote(directory + "/" + file.getKey()) + "\\b");
            if (tried.matcher(said).find()) {
                return "a shell tried to run a part of a text that has " + file.getValue() + " in it";
            }
        }
        return rewritten(call, said);
    }

    private @Nullable String rewritten(Call call, String said) {
        var arguments = call.processes().stream()
                .flatMap(process -> process.arguments().stream())
                .toList();
        var all = said + "\n" + String.join("\n", arguments);
        if (all.contains(NAMELESS + word)) {
            return "a shell took a text for the pattern of file names";
        }
        if (Pattern.compile("[^~\\\\]\\\\*/" + word).matcher(all).find()) {
            return "a shell took a tilde for the home directory";
        }
        return arguments.contains(word) ? "a shell took a text with a blank for two words" : null;
    }

    /** The names of what was run since the last look; nothing is left of it for the next. */
    private @Nullable String made() {
        try (Stream<Path> there = Files.list(directory)) {
            List<String> made = there.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> !file.equals(NAMELESS + word))
                    .sorted()
                    .toList();
            for (var file : made) {
                FileSystemUtils.deleteRecursively(directory.resolve(file));
            }
            return made.isEmpty()
                    ? null
                    : String.join(
                            ", ",
                            made.stream()
                                    .map(file -> files.getOrDefault(file, file))
                                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
