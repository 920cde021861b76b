package io.drover.secret;

/**
 * What is looked for: the characters of a secret, or of something that is made of it.
 *
 * @param characters code points; every line break is one {@code \n}
 */
record Pattern(int[] characters, Kind kind) {

    enum Kind {
        /** Looked for anywhere. */
        PLAIN,
        /** So short that it is looked for only where no letter, digit or underscore is beside it. */
        WORD,
        /** Digits of base 64 that what is before or after the secret has no part in. */
        BASE64,
        /** Hexadecimal digits in either case, with or without signs between bytes. */
        HEX
    }

    static Pattern of(String text, Kind kind) {
        return new Pattern(text.codePoints().toArray(), kind);
    }

    int length() {
        return characters.length;
    }

    /** Whether a character of the text stands for the one that is due. */
    boolean takes(int index, int read) {
        int wanted = characters[index];
        return wanted == read
                || (read == Escapes.UNWRITABLE && wanted > 127)
                || (kind == Kind.HEX && Character.toLowerCase(read) == wanted)
                || (wanted == '\n' && (read == '\r' || read == ' '));
    }
}
