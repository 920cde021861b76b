package io.drover.secret;

/** Characters that are written as numbers, of bytes or of units of UTF-16. */
final class CodedCharacters {
    private final String text;

    CodedCharacters(String text) {
        this.text = text;
    }

    /** What is at a place and where it ends, in one number: {@code end << 8 | byte}, or {@code end << 24 | unit}. */
    interface Unit {
        /** Negative when there is none. */
        long at(int pos);
    }

    /** One byte as a Latin-1 character, and as many as make one in UTF-8. */
    void bytes(int at, Readings readings, Unit reader) {
        long first = reader.at(at);
        if (first < 0) {
            return;
        }
        int lead = (int) (first & 0xff);
        int end = (int) (first >> 8);
        readings.add(lead, end);
        int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
        if (more == 0) {
            return;
        }
        int value = lead & (0x3f >> more);
        for (int i = 0; i < more; i++) {
            long next = reader.at(end);
            if (next < 0 || (next & 0xc0) != 0x80) {
                return;
            }
            value = value << 6 | (int) (next & 0x3f);
            end = (int) (next >> 8);
        }
        if (Character.isValidCodePoint(value)) {
            readings.add(value, end);
        }
    }

    /** One unit, and the character that it makes with the next. */
    void utf16(int at, Readings readings, Unit units) {
        long first = units.at(at);
        if (first < 0) {
            return;
        }
        int value = (int) (first & 0xffffff);
        int end = (int) (first >> 24);
        readings.add(value, end);
        if (Character.isBmpCodePoint(value) && Character.isHighSurrogate((char) value)) {
            long second = units.at(end);
            int low = (int) (second & 0xffffff);
            if (second >= 0 && Character.isBmpCodePoint(low) && Character.isLowSurrogate((char) low)) {
                readings.add(Character.toCodePoint((char) value, (char) low), (int) (second >> 24));
            }
        }
    }

    /** A unit of UTF-16 behind a {@code u}. */
    long unit(int u) {
        boolean marked = u < text.length() && (text.charAt(u) == 'u' || text.charAt(u) == 'U');
        if (marked && text.startsWith("{", u + 1)) {
            return braced(u + 2);
        }
        int value = marked ? hex(u + 1, 4) : -1;
        return value < 0 ? -1 : (long) (u + 5) << 24 | value;
    }

    private long braced(int at) {
        int close = at;
        while (close < text.length() && close - at < 6 && Character.digit(text.charAt(close), 16) >= 0) {
            close++;
        }
        int value = close == at || !text.startsWith("}", close) ? -1 : hex(at, close - at);
        return value < 0 ? -1 : (long) (close + 1) << 24 | value;
    }

    /** The number of so many hexadecimal digits; negative when they are not there. */
    int hex(int at, int digits) {
        if (at + digits > text.length()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(text.charAt(at + i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }
}
