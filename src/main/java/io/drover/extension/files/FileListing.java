package io.drover.extension.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What every file below a folder is, by its relative path with slashes; two folders with equal listings have the same files.
 *
 * @param files path to what is there: {@code f} or, if it is executable, {@code x} and the SHA-256 of its contents; {@code l}
 *     and the target of a symbolic link; {@code o} for anything else
 */
public record FileListing(@JsonValue SortedMap<String, String> files) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FileListing(Map<String, String> files) {
        this(new TreeMap<>(files));
    }

    /** What identifies the files: the SHA-256 of the listing, as 64 hexadecimal digits. */
    public String digest() {
        var sha = Sha256.begin();
        files.forEach((path, file) -> {
            sha.update((path + '\0' + file + '\0').getBytes(StandardCharsets.UTF_8));
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Whether this file may be executed. */
    public boolean isExecutable(String path) {
        return files.getOrDefault(path, "").startsWith("x");
    }

    /** What is different here from what is expected, file by file, in words, e.g. {@code lib/a.sh differs}. */
    public List<String> differencesFrom(FileListing expected) {
        List<String> differences = new ArrayList<>();
        var paths = new TreeSet<>(expected.files.keySet());
        paths.addAll(files.keySet());
        for (var path : paths) {
            var here = files.get(path);
            var there = expected.files.get(path);
            if (here == null) {
                differences.add(path + " is missing");
            } else if (there == null) {
                differences.add(path + " is not part of it");
            } else if (!here.equals(there)) {
                differences.add(
                        path + (here.substring(1).equals(there.substring(1)) ? " has another mode" : " differs"));
            }
        }
        return differences;
    }
}
