package io.drover.secret;

/** Line breaks inside of what is looked for, and what programs put around them. */
final class LineBreaks {
    private static final int MOST_BLANKS = 200;

    private final String text;

    LineBreaks(String text) {
        this.text = text;
    }

    /**
     * Where the next line goes on behind a line break, which may be written as an escape; none when there is no break here. The
     * line may be indented, and begin with what programs put between the pieces of a text.
     */
    void find(int at, Places continuations) {
        continuations.clear();
        int pos = skip(at, "'\"$", 3);
        int behind = behind(pos);
        if (behind == pos) {
            return;
        }
        continuations.add(behind);
        continuations.add(skip(behind, " \t", MOST_BLANKS));
        int before;
        do {
            before = behind;
            behind = behind(skip(behind, " \t'\"+,|>#$", MOST_BLANKS));
        } while (behind > before && behind < at + 4 * MOST_BLANKS);
        continuations.add(behind);
    }

    private int behind(int at) {
        int pos = at;
        while (pos < text.length()) {
            char c = text.charAt(pos);
            if (c == '\n' || c == '\r') {
                pos++;
            } else if (text.startsWith("\\n", pos) || text.startsWith("\\r", pos)) {
                pos += 2;
            } else {
                break;
            }
        }
        return pos;
    }

    /** Behind those of these characters that are at a place. */
    int skip(int at, String characters, int most) {
        int pos = at;
        while (pos < text.length() && pos - at < most && characters.indexOf(text.charAt(pos)) >= 0) {
            pos++;
        }
        return pos;
    }
}
