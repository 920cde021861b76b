package io.drover.secret;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

/** Ways in which programs print a text. */
enum Spelling {
    PLAIN(text -> text),
    JSON(text -> json(text, false, false)),
    JSON_ASCII(text -> json(text, true, false)),
    JSON_ASCII_UPPER_CASE(text -> upper(json(text, true, false))),
    JSON_SLASHES(text -> json(text, false, true)),
    JSON_IN_JSON(text -> json(json(text, true, false), true, false)),
    JSON_ALL_ESCAPED(text -> units(text, c -> "\\u%04x".formatted(c))),
    PERCENT(text -> UriUtils.encode(text, StandardCharsets.UTF_8)),
    PERCENT_LOWER_CASE(text -> percent(text, "", "%%%02x", StandardCharsets.UTF_8)),
    PERCENT_PATH(text -> percent(text, "/", "%%%02X", StandardCharsets.UTF_8)),
    PERCENT_COMPONENT(text -> percent(text, "!'()*", "%%%02X", StandardCharsets.UTF_8)),
    PERCENT_ALL(text -> bytes(text, StandardCharsets.UTF_8, "%%%02X")),
    PERCENT_LATIN(text -> percent(text, "", "%%%02X", StandardCharsets.ISO_8859_1)),
    PERCENT_TWICE(text -> UriUtils.encode(UriUtils.encode(text, StandardCharsets.UTF_8), StandardCharsets.UTF_8)),
    FORM(text -> URLEncoder.encode(text, StandardCharsets.UTF_8)),
    BASE64(text -> base64("", text, "")),
    BASE64_OF_USER_1(text -> base64("u:", text, "")),
    BASE64_OF_USER_2(text -> base64("ab:", text, "\n")),
    BASE64_OF_USER_3(text -> base64("svc:", text, "@host")),
    BASE64_URL(text ->
            Base64.getUrlEncoder().withoutPadding().encodeToString(("u:" + text).getBytes(StandardCharsets.UTF_8))),
    BASE64_LINES(text -> Base64.getMimeEncoder(20, new byte[] {'\n'})
            .encodeToString(("root:" + text).getBytes(StandardCharsets.UTF_8))),
    BASE64_UTF16(text -> Base64.getEncoder().encodeToString(("$p='" + text).getBytes(StandardCharsets.UTF_16LE))),
    BASE64_OF_JSON(text -> base64("{\"password\": \"", json(text, true, false), "\"}")),
    BASE64_IN_FORM(text -> URLEncoder.encode(base64("ab:", text, ""), StandardCharsets.UTF_8)),
    BASE64_IN_JSON(text -> json(base64("ab:", text, ""), false, true)),
    HTML(HtmlUtils::htmlEscape),
    HTML_PYTHON(text -> text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#x27;")),
    HTML_DECIMAL(text -> points(text, "&#%d;")),
    HTML_HEX(text -> points(text, "&#x%X;")),
    HTML_TWICE(text -> HtmlUtils.htmlEscape(HtmlUtils.htmlEscape(text))),
    XML(text -> text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace("\"", "&quot;")
            .replace("'", "&apos;")
            .replace("\n", "&#xA;")),
    SHELL_SINGLE(text -> "'" + text.replace("'", "'\\''") + "'"),
    SHELL_PYTHON(text -> "'" + text.replace("'", "'\"'\"'") + "'"),
    SHELL_DOUBLE(text -> '"' + text.replaceAll("([\"\\\\$`])", "\\\\$1") + '"'),
    SHELL_BACKSLASHES(text -> text.replaceAll("([^A-Za-z0-9\\n])", "\\\\$1").replace("\n", "$'\\n'")),
    SHELL_DOLLAR(text -> "$'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"),
    SHELL_OCTAL(text -> "$'" + octal(text) + "'"),
    SHELL_IN_JSON(text -> json("'" + text.replace("'", "'\\''") + "'", false, false)),
    POWERSHELL(text -> "'" + text.replace("'", "''") + "'"),
    POWERSHELL_DOUBLE(text -> '"' + text.replaceAll("([`\"$])", "`$1") + '"'),
    CSV(text -> '"' + text.replace("\"", "\"\"") + '"'),
    PYTHON_REPR(text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"),
    PYTHON_ASCII(text -> pythonAscii(text)),
    PYTHON_BYTES(text -> "b'" + pythonBytes(text) + "'"),
    QUOTED_PRINTABLE(text -> percent(text, " !\"#$%&'()*+,/:;<>?@[\\]^`{|}", "=%02X", StandardCharsets.UTF_8)),
    HEX(text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))),
    HEX_COLONS(text -> HexFormat.ofDelimiter(":").withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8))),
    INDENTED(text -> text.replace("\n", "\n      ")),
    CR_LF(text -> text.replace("\n", "\r\n")),
    ONE_LINE(text -> text.replace("\n", "")),
    LINE_BY_LINE(text -> text.lines().collect(Collectors.joining("\nmore: "))),
    NOT_WRITABLE(text -> text.codePoints()
            .mapToObj(c -> c > 127 ? "?" : Character.toString(c))
            .collect(Collectors.joining())),
    MISREAD(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)),
    DECOMPOSED(text -> java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD));

    private final UnaryOperator<String> write;

    Spelling(UnaryOperator<String> write) {
        this.write = write;
    }

    String of(String text) {
        return write.apply(text);
    }

    private static String json(String text, boolean ascii, boolean slashes) {
        var json = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || (slashes && c == '/')) {
                json.append('\\').append(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (ascii && c > 126) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private static String upper(String json) {
        return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(json)
                .replaceAll(match -> "\\\\u" + match.group(1).toUpperCase(java.util.Locale.ROOT));
    }

    private static String units(String text, IntFunction<String> written) {
        return text.chars().mapToObj(written).collect(Collectors.joining());
    }

    private static String points(String text, String format) {
        return text.codePoints().mapToObj(format::formatted).collect(Collectors.joining());
    }

    private static String bytes(String text, Charset charset, String format) {
        var written = new StringBuilder();
        for (byte b : text.getBytes(charset)) {
            written.append(format.formatted(b & 0xff));
        }
        return written.toString();
    }

    private static String percent(String text, String safe, String format, Charset charset) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(c -> c.matches("[A-Za-z0-9_.~-]")
                                || safe.contains(c)
                                || !charset.newEncoder().canEncode(c)
                        ? c
                        : bytes(c, charset, format))
                .collect(Collectors.joining());
    }

    private static String base64(String before, String text, String after) {
        return Base64.getEncoder().encodeToString((before + text + after).getBytes(StandardCharsets.UTF_8));
    }

    private static String octal(String text) {
        var written = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            written.append(b == '\'' || b == '\\' ? "\\" + (char) b : b > 31 ? (char) b : "\\%03o".formatted(b & 0xff));
        }
        return written.toString();
    }

    private static String pythonAscii(String text) {
        return text.codePoints()
                .mapToObj(c -> c == '\n'
                        ? "\\n"
                        : c == '\\'
                                ? "\\\\"
                                : c == '\''
                                        ? "\\'"
                                        : c < 127
                                                ? Character.toString(c)
                                                : c < 256
                                                        ? "\\x%02x".formatted(c)
                                                        : c < 65536 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c))
                .collect(Collectors.joining());
    }

    private static String pythonBytes(String text) {
        var written = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            written.append(
                    b == '\n'
                            ? "\\n"
                            : b == '\\' || b == '\''
                                    ? "\\" + (char) b
                                    : b > 31 ? "" + (char) b : "\\x%02x".formatted(b & 0xff));
        }
        return written.toString();
    }
}
