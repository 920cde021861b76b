package io.drover.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A text that people may well give, and that does something if a program lets a shell read it.
 *
 * @param name what is odd about it, for a person
 * @param text harmless as long as it stays a text
 * @param dense whether it is for wherever text stands, quoted or not, rather than for one of these
 */
record Bait(String name, String text, boolean dense) {
    private static final List<String> SIGNS = List.of(";", "|", "&", "\n");
    private static final List<String> NAMES = List.of("a semicolon", "a pipe", "an ampersand", "a line break");

    /** One for each sign that shells know. */
    static List<Bait> all(Canary canary) {
        var baits = new ArrayList<Bait>();
        for (int i = 0; i < SIGNS.size(); i++) {
            var sign = SIGNS.get(i);
            add(baits, NAMES.get(i), file -> sign + "touch " + file + sign, canary);
        }
        add(baits, "a dollar sign", file -> "$(touch " + file + ")", canary);
        add(baits, "a backtick", file -> "`touch " + file + "`", canary);
        add(baits, "a greater-than sign", file -> ">" + file, canary);
        one(baits, "a number sign", "x;touch %s # ", canary);
        one(baits, "a number sign among quotes", "x';touch %1$s #\";touch %1$s #", canary);
        one(baits, "a backslash", "x\\';touch %1$s #\\\";touch %1$s #", canary);
        baits.add(new Bait("a star", canary.directory() + "/" + Canary.NAMELESS + "*", true));
        baits.add(new Bait(
                "a question mark",
                canary.directory() + "/" + Canary.NAMELESS
                        + "?".repeat(canary.word().length()),
                false));
        baits.add(new Bait("a tilde", "~/" + canary.word(), true));
        baits.add(new Bait("a blank", "x " + canary.word(), true));
        baits.add(new Bait("an apostrophe", "it's x", false));
        baits.add(new Bait("a quotation mark", "5\" x", false));
        baits.add(new Bait("a backslash at the end", "x\\", false));
        return baits;
    }

    /** Whether {@link #mixed} has nothing like it. */
    boolean unmixed() {
        return name.equals("a dollar sign") || name.equals("a backslash");
    }

    /** All in one, as far as that goes. */
    static String mixed(Canary canary) {
        var run = ";touch " + canary.file("several signs") + ";";
        return "x" + run + "'" + run + "'\"" + run + "\"";
    }

    private static void add(List<Bait> baits, String name, Function<String, String> run, Canary canary) {
        var bare = run.apply(canary.file(name));
        var quoted = run.apply(canary.file(name + " among quotes"));
        baits.add(new Bait(name, "x" + bare, false));
        baits.add(new Bait(name + " among quotes", "x" + quoted + "'" + quoted + "'\"" + quoted + "\"", true));
    }

    private static void one(List<Bait> baits, String name, String format, Canary canary) {
        baits.add(new Bait(name, format.formatted(canary.file(name)), true));
    }
}
