package io.drover.extension.run;

import java.util.regex.Pattern;

/**
 * What a program wrote to one of its streams, UTF-8 with malformed bytes replaced.
 *
 * @param text the whole when nothing was dropped, else the head, a line that says how much is missing, and the tail
 * @param bytes how much the program wrote
 * @param cut whether something was dropped
 */
public record Output(String text, long bytes, boolean cut) {

    /** The line that says that something was dropped. */
    public static final Pattern CUT = Pattern.compile("\n\\[\\.\\.\\. \\d+ bytes cut \\.\\.\\.]\n");

    static final Output NONE = new Output("", 0, false);
}
