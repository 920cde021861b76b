package io.drover.extension.run;

/**
 * What a program wrote to one of its streams, UTF-8 with malformed bytes replaced.
 *
 * @param text the whole when nothing was dropped, else the head, a line that says how much is missing, and the tail
 * @param bytes how much the program wrote
 * @param cut whether something was dropped
 */
public record Output(String text, long bytes, boolean cut) {

    static final Output NONE = new Output("", 0, false);
}
