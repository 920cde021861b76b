package io.drover.secret;

/**
 * What a place in a text may stand for in the ways that programs write characters: as they are, in percent and form encoding,
 * quoted-printable, behind backslashes (JSON, shells, Python, also several times over), as character references, and as
 * quotes inside quotes.
 */
final class Escapes {
    /** What a reading of {@link #read} has for any character that is not ASCII: a program could not write it. */
    static final int UNWRITABLE = -1;

    private static final String LEADS = "%\\&=+?'\"`^\uFFFD";
    private static final int MOST_BACKSLASHES = 32;
    private static final int LONGEST_UTF8 = 4;

    private final String text;
    private final CodedCharacters coded;

    Escapes(String text) {
        this.text = text;
        this.coded = new CodedCharacters(text);
    }

    /** Whether more than the character itself may be meant. */
    static boolean leads(char c) {
        return LEADS.indexOf(c) >= 0;
    }

    /** All that may be meant at a place before the end. */
    void read(int at, Readings readings) {
        int plain = text.codePointAt(at);
        readings.add(plain, at + Character.charCount(plain));
        switch (plain) {
            case '%' -> percent(at, readings);
            case '=' -> coded.bytes(at, readings, this::afterEquals);
            case '\\' -> backslash(at, readings);
            case '&' -> Entities.read(text, at, readings);
            case '+' -> readings.add(' ', at + 1);
            case '\'', '"' -> quote(at, readings);
            case '`', '^' -> marked(at, readings);
            case '?', '\uFFFD' -> unwritable(at, readings);
            default -> {}
        }
    }

    private void percent(int at, Readings readings) {
        coded.bytes(at, readings, this::afterPercent);
        for (int end = at + 3; text.startsWith("25", end - 2); end += 2) {
            readings.add('%', end);
        }
        if (text.startsWith("u", at + 1) || text.startsWith("U", at + 1)) {
            coded.utf16(at, readings, this::afterPercentU);
        }
    }

    private long afterPercent(int pos) {
        if (pos >= text.length() || text.charAt(pos) != '%') {
            return -1;
        }
        int digits = pos + 1;
        while (text.startsWith("25", digits) && coded.hex(digits + 2, 2) >= 0) {
            digits += 2;
        }
        int value = coded.hex(digits, 2);
        return value < 0 ? -1 : (long) (digits + 2) << 8 | value;
    }

    private long afterEquals(int pos) {
        int value = pos < text.length() && text.charAt(pos) == '=' ? coded.hex(pos + 1, 2) : -1;
        return value < 0 ? -1 : (long) (pos + 3) << 8 | value;
    }

    private long afterBackslash(int pos) {
        int end = afterBackslashes(pos);
        if (end == pos || end >= text.length()) {
            return -1;
        }
        if (text.charAt(end) == 'x' || text.charAt(end) == 'X') {
            int value = coded.hex(end + 1, 2);
            return value < 0 ? -1 : (long) (end + 3) << 8 | value;
        }
        int value = 0;
        int digits = 0;
        while (digits < 3 && end + digits < text.length() && Character.digit(text.charAt(end + digits), 8) >= 0) {
            value = value * 8 + Character.digit(text.charAt(end + digits), 8);
            digits++;
        }
        return digits == 0 || value > 255 ? -1 : (long) (end + digits) << 8 | value;
    }

    private void backslash(int at, Readings readings) {
        int after = afterBackslashes(at);
        for (int length = 2; length <= after - at; length *= 2) {
            readings.add('\\', at + length);
        }
        if (after >= text.length()) {
            return;
        }
        coded.bytes(at, readings, this::afterBackslash);
        char c = text.charAt(after);
        if (c == 'u' || c == 'U') {
            coded.utf16(at, readings, this::afterBackslashU);
            int wide = coded.hex(after + 1, 8);
            if (c == 'U' && Character.isValidCodePoint(wide)) {
                readings.add(wide, after + 9);
            }
        }
        int control = "abtnvfre".indexOf(c);
        if (control >= 0) {
            readings.add("\u0007\b\t\n\u000b\f\r\u001b".charAt(control), after + 1);
        } else if (c > 127 || !Character.isLetterOrDigit(c)) {
            int literal = text.codePointAt(after);
            readings.add(literal, after + Character.charCount(literal));
        }
    }

    private int afterBackslashes(int at) {
        int pos = at;
        while (pos < text.length() && pos - at < MOST_BACKSLASHES && text.charAt(pos) == '\\') {
            pos++;
        }
        return pos;
    }

    private long afterPercentU(int pos) {
        return text.startsWith("%", pos) ? coded.unit(pos + 1) : -1;
    }

    private long afterBackslashU(int pos) {
        return text.startsWith("\\", pos) ? coded.unit(afterBackslashes(pos)) : -1;
    }

    /** A quote that ends quotes, stands quoted by itself, and begins them anew; or one that is doubled. */
    private void quote(int at, Readings readings) {
        char quote = text.charAt(at);
        char other = quote == '\'' ? '"' : '\'';
        int next = afterBackslashes(at + 1);
        if (next < text.length() && text.charAt(next) == quote) {
            readings.add(quote, next + 1);
            int again = afterBackslashes(next + 1);
            if (again < text.length() && text.charAt(again) == quote) {
                readings.add(quote, again + 1);
            }
        }
        int pos = at;
        for (char wanted : new char[] {quote, other, quote, other, quote}) {
            int place = afterBackslashes(pos);
            if (place >= text.length() || text.charAt(place) != wanted) {
                return;
            }
            pos = place + 1;
        }
        readings.add(quote, pos);
    }

    /** PowerShell's and cmd.exe's marks before a character that is meant as it is. */
    private void marked(int at, Readings readings) {
        if (at + 1 < text.length()) {
            int literal = text.codePointAt(at + 1);
            if (literal > 127 || !Character.isLetterOrDigit(literal)) {
                readings.add(literal, at + 1 + Character.charCount(literal));
            } else if (text.charAt(at) == '`' && "abtnvfre0".indexOf(literal) >= 0) {
                readings.add("\u0007\b\t\n\u000b\f\r\u001b\0".charAt("abtnvfre0".indexOf(literal)), at + 2);
            }
        }
    }

    /** As many as a character has bytes may stand for it. */
    private void unwritable(int at, Readings readings) {
        for (int end = at + 1; end <= at + LONGEST_UTF8 && end <= text.length(); end++) {
            if (text.charAt(end - 1) != text.charAt(at)) {
                return;
            }
            readings.add(UNWRITABLE, end);
        }
    }
}
