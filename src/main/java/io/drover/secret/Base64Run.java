package io.drover.secret;

/** How far a run of digits of base 64 reaches. */
final class Base64Run {
    private Base64Run() {}

    static int start(String text, int at, int done) {
        int from = at;
        while (from > done && isBase64(text.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    static int end(String text, int at) {
        int to = at;
        while (to < text.length() && (isBase64(text.charAt(to)) || text.charAt(to) == '=')) {
            to++;
        }
        return to;
    }

    private static boolean isBase64(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }
}
