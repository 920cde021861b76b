package io.drover.conformance;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a shell reads them back. */
final class ShellText {
    private ShellText() {}

    static String quoted(Object word) {
        return "'" + word.toString().replace("'", "'\\''") + "'";
    }

    static String quoted(List<?> words) {
        return words.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
    }
}
