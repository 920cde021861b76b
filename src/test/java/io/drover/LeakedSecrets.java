package io.drover;

import io.drover.secret.Unmasked;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Secrets that were planted somewhere, and a reader that knows all spellings of what is unmistakable in them. */
final class LeakedSecrets {
    private final Map<String, Set<String>> needles = new LinkedHashMap<>();
    private final Map<String, String> cores = new LinkedHashMap<>();

    LeakedSecrets() {}

    /** Others at the same places, which are added to those. */
    LeakedSecrets(LeakedSecrets into) {
        needles.putAll(into.needles);
        this.into = into;
    }

    private LeakedSecrets into = this;

    /** A new secret with signs that spellings change, around a part that is like no other text. */
    String plant(String where) {
        var core = core();
        return add(where, core, "Lk-ü\"/&+ %'" + core + "\\é<x>");
    }

    /** One of letters and digits only. */
    String plain(String where) {
        var core = core();
        return add(where, core, "Lk" + core);
    }

    /** One of several lines. */
    String lines(String where) {
        var core = core();
        return add(where, core, "Lk first line\n" + core + " second\nthird line");
    }

    void add(String where, String value) {
        add(where, value, value);
    }

    int size() {
        return needles.size();
    }

    int spellings() {
        return needles.values().stream().mapToInt(Set::size).max().orElse(0);
    }

    /** What was found, as place and secret. */
    List<String> in(Map<String, String> places) {
        List<String> found = new ArrayList<>();
        places.forEach((place, text) -> needles.forEach((where, spelled) -> spelled.stream()
                .filter(text::contains)
                .findFirst()
                .ifPresent(needle -> found.add(place + ": " + where + " as " + around(text, needle)))));
        return found;
    }

    private static String around(String text, String needle) {
        int at = text.indexOf(needle);
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + needle.length() + 20))
                .replace('\n', '|');
    }

    private String add(String where, String core, String value) {
        var name = into == this ? where : where + " (unmasked)";
        into.needles.put(name, needles(core));
        return value;
    }

    private static Set<String> needles(String core) {
        Set<String> all = new LinkedHashSet<>(Unmasked.spellings(core).values());
        all.removeIf(spelled -> spelled.contains("="));
        for (int before = 0; before < 3; before++) {
            for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                var bytes = ("\0".repeat(before) + core).getBytes(charset);
                var digits = Base64.getEncoder().withoutPadding().encodeToString(bytes);
                all.add(digits.substring(before == 0 ? 0 : 4 * before / 3 + 2, digits.length() - 2));
            }
        }
        all.add(new String(core.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
        all.add(new String(core.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1));
        all.add(HexFormat.of().formatHex(core.getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    private static String core() {
        return "Kq" + UUID.randomUUID().toString().replace("-", "").substring(0, 12) + "Zw";
    }
}
