package io.drover.secret;

import io.drover.secret.Pattern.Kind;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What has to be looked for so that a secret is found in whatever programs make of it. Escapes need not be listed, since
 * {@link Escapes} reads them; what is listed is what changes a value as a whole.
 */
final class Spellings {
    /** Shorter ones turn up by chance: they are looked for as words. */
    static final int SHORTEST = 6;

    private static final int SHORTEST_LINE = 3;

    /** Of what is longer, only the whole as it is and its encodings are looked for. */
    private static final int LONG = 4096;

    private static final Set<String> COMMON =
            Set.of("true", "false", "null", "none", "yes", "no", "on", "off", "auto", "default");
    private static final Set<Charset> LATIN = Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1);

    private Spellings() {}

    /** Whether a value tells so little that looking for it would do more harm than good. */
    static boolean common(String value) {
        return value.codePointCount(0, value.length()) < 2
                || value.chars().allMatch(c -> c == '*')
                || COMMON.contains(value.toLowerCase(Locale.ROOT));
    }

    static List<Pattern> of(String value) {
        List<Pattern> patterns = new ArrayList<>();
        var unix = value.replace("\r\n", "\n").replace('\r', '\n');
        var stripped = unix.strip();
        var whole = new LinkedHashSet<>(List.of(unix, stripped, Normalizer.normalize(unix, Normalizer.Form.NFC)));
        whole.add(Normalizer.normalize(unix, Normalizer.Form.NFD));
        whole.add(misread(stripped));
        lines(stripped, whole);
        for (var text : whole) {
            if (!common(text)) {
                patterns.add(Pattern.of(text, isShort(text) ? Kind.WORD : Kind.PLAIN));
            }
        }
        if (!isShort(stripped)) {
            encoded(unix, patterns);
        }
        return patterns;
    }

    static boolean isShort(String text) {
        return text.codePointCount(0, text.length()) < SHORTEST;
    }

    /** UTF-8 that was taken for Latin-1. */
    private static String misread(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Each line by itself, but for frames that tell nothing. */
    private static void lines(String text, Set<String> into) {
        if (text.indexOf('\n') >= 0) {
            text.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
                    .forEach(into::add);
        }
    }

    private static void encoded(String text, List<Pattern> into) {
        Set<String> base64 = new LinkedHashSet<>();
        for (var form : forms(text)) {
            for (var charset : LATIN) {
                if (charset.newEncoder().canEncode(form)) {
                    base64(form.getBytes(charset), base64);
                }
            }
            base64(form.getBytes(StandardCharsets.UTF_16LE), base64);
        }
        base64.forEach(digits -> into.add(Pattern.of(digits, Kind.BASE64)));
        for (var bytes : List.of(
                text.getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.ISO_8859_1))) {
            into.add(Pattern.of(HexFormat.of().formatHex(bytes), Kind.HEX));
        }
    }

    /** As it is put into JSON, forms and URLs before the whole of that is encoded once more. */
    private static Set<String> forms(String text) {
        Set<String> forms = new LinkedHashSet<>(List.of(text));
        if (text.length() > LONG) {
            return forms;
        }
        forms.add(text.strip());
        if (text.indexOf('\n') >= 0) {
            forms.add(text.replace("\n", "\r\n"));
        }
        forms.add(json(text, false));
        forms.add(json(text, true));
        var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        forms.add(form);
        forms.add(form.replace("+", "%20"));
        return forms;
    }

    private static String json(String text, boolean ascii) {
        var json = new StringBuilder();
        for (char c : text.toCharArray()) {
            int control = "\b\t\n\f\r".indexOf(c);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (control >= 0) {
                json.append('\\').append("btnfr".charAt(control));
            } else if (c < ' ' || (ascii && c > '~')) {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    /** The digits that are the same whatever is before and after the bytes, for the three ways they can lie in digits of six bits. */
    private static void base64(byte[] bytes, Set<String> into) {
        for (int before = 0; before < 3; before++) {
            var shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int from = (8 * before + 5) / 6;
            int to = 8 * shifted.length / 6;
            for (var encoder : Arrays.asList(Base64.getEncoder(), Base64.getUrlEncoder())) {
                into.add(encoder.encodeToString(shifted).substring(from, to));
            }
        }
    }
}
