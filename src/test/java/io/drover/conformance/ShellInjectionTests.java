package io.drover.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Extensions that let a shell read what people have written, each with one sign that they forgot; the kit names it. */
@Tag("matrix")
class ShellInjectionTests {
    private static final String BEFORE = "vm=$state/$name";

    /** The text as it is in JSON, and as it is. */
    private static final String READ = """
            raw=$(awk '{ at = index($0, "\\"conformance_odd\\":\\""); if (!at) exit; rest = substr($0, at + 19, 4000)
                match(rest, /^([^"\\\\]|\\\\.)*/); print substr(rest, 1, RLENGTH) }' "$file")
            odd=$(printf '%s\\n' "$raw" | sed 's/\\\\n/\\n/g; s/\\\\"/"/g; s/\\\\\\\\/\\\\/g')
            """;

    private static final String BARE = "eval \"x=$odd\"; ";
    private static final String DOUBLE = "eval \"x=\\\"$odd\\\"\"; ";
    private static final String SINGLE = "eval \"x='$odd'\"; ";
    private static final String WORDS = "set -- $odd; echo \"$*\" >&2; ";
    private static final List<Broken> ALL = all();
    private static BrokenRuns runs;

    private static List<Broken> all() {
        var all = new ArrayList<Broken>();
        all.add(status("a semicolon", ";", BARE));
        all.add(status("a pipe", "|", BARE));
        all.add(status("an ampersand", "&", BARE));
        all.add(status("a line break", "%", BARE));
        all.add(status("a dollar sign", "$()", BARE));
        all.add(status("a backtick", "`", BARE));
        all.add(status("a greater-than sign", ">", BARE));
        all.add(status("a semicolon among quotes", ";\"'", DOUBLE));
        all.add(status("a pipe among quotes", "|\"'", SINGLE));
        all.add(status("a line break among quotes", "%\"'", DOUBLE));
        all.add(status("a dollar sign", "$()", DOUBLE));
        all.add(status("a backtick among quotes", "`'\"", SINGLE));
        all.add(status("a backslash", "\\\\'\"#;", "odd=$(printf '%s' \"$odd\" | sed 's/\"/\\\\\"/g'); " + DOUBLE));
        all.add(status("the pattern of file names", "*", WORDS));
        all.add(status("the pattern of file names", "?", WORDS));
        all.add(status("a tilde for the home", "", "eval \"set -- $odd\"; echo \"$*\" >&2; "));
        all.add(status("a blank for two words", "", "sh -c 'sleep 0.4' x $odd; "));
        all.add(status("an apostrophe", "'", SINGLE));
        all.add(status("a quotation mark", "\"", DOUBLE));
        all.add(status("a backslash at the end", "\\\\", DOUBLE));
        all.add(new Broken(
                Check.SHELL,
                Thoroughness.PROTOCOL,
                "a semicolon",
                Broken.edits(BEFORE, "who=${payload#*caller*name\\\":\\\"}; eval \"x=${who%%\\\"*}\"\n" + BEFORE)));
        return all;
    }

    /** One that refuses what has other signs than these, and gives the rest to a shell. */
    private static Broken status(String sign, String signs, String use) {
        var guard = "rest=$(printf '%s' \"$odd\" | tr '\\n' '%' | sed 's|[A-Za-z0-9 /.~_-]||g' | tr -d '"
                + signs.replace("'", "'\\''") + "'); [ -z \"$rest\" ] || refuse 'odd text'; ";
        return new Broken(
                Check.SHELL, Thoroughness.PROTOCOL, sign, Broken.edits(BEFORE, READ + guard + use + "\n" + BEFORE));
    }

    @BeforeAll
    static void verify(@TempDir Path place) {
        runs = new BrokenRuns(ALL, place);
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    static List<Broken> broken() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isFoundOut(Broken broken) throws Exception {
        broken.assertFound(runs.of(broken));
    }
}
