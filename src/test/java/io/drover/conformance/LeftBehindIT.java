package io.drover.conformance;

import static io.drover.conformance.Broken.MANIFEST;

import io.drover.conformance.Broken.Damage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Extensions that leave, double or take what is not theirs, or do not keep what they were told; the kit says which. */
@Tag("matrix")
class LeftBehindIT {
    private static final String NO_STATUSES = "statuses, ";
    private static final String DELETE = "rm -f \"$vm\"";
    private static final String CREATE = "create) echo poweron > \"$vm\";";
    private static final String TOKEN = "token=${payload#*api_token\\\":\\\"}; token=${token%%\\\"*}; ";
    private static final String PREPARED = "'{\"details\":{\"number\":\"7\"}}'";
    private static final List<Broken> ALL = List.of(
            life(Check.GONE_AFTER_DELETE, "one that never was, which is unknown, but", DELETE, ":"),
            life(
                    Check.GONE_AFTER_DELETE,
                    "must not answer poweron",
                    "[ ! -f \"$vm\" ] || echo poweroff > \"$vm\"",
                    "[ \"$verb\" != stop ] || [ ! -f \"$vm\" ] || echo poweroff > \"$vm\"",
                    DELETE,
                    "[ ! -f \"$vm\" ] || echo poweron > \"$vm\""),
            life(
                    Check.GONE_AFTER_DELETE,
                    "must say the same",
                    DELETE,
                    "echo unknown > \"$vm\"",
                    "\\\"power_state\\\":\\\"$power\\\"}\" ;;",
                    "\\\"power_state\\\":\\\"$power\\\"$(test ! -f \"$vm\" || echo \",\\\"uuid\\\":\\\"$id\\\"\")}\" ;;"),
            life(
                    Check.GONE_AFTER_DELETE,
                    "statuses must not name",
                    DELETE,
                    ": > \"$state/.$name\"",
                    "    status) ",
                    "    status) [ ! -f \"$state/.$name\" ] || power=unknown; "),
            life(
                    Check.GONE_AFTER_DELETE,
                    "start must be refused",
                    withoutStatuses(),
                    "power=unknown",
                    "power=poweroff",
                    DELETE,
                    ":"),
            life(
                    Check.DEPLOY_AGAIN,
                    "made a second one: i-2-",
                    CREATE,
                    "create) [ ! -f \"$vm\" ] || echo poweron > \"$vm-2\"; echo poweron > \"$vm\";",
                    DELETE,
                    "rm -f \"$vm\" \"$vm-2\""),
            life(
                    Check.DEPLOY_AGAIN,
                    "once more (poweron)",
                    CREATE,
                    "create) [ ! -f \"$vm\" ] || echo poweron > \"$vm-2\"; echo poweron > \"$vm\";",
                    "\\\"${vm##*/}\\\"",
                    "\\\"$(basename \"$vm\" -2)\\\"",
                    DELETE,
                    "rm -f \"$vm\" \"$vm-2\""),
            life(
                    Check.DEPLOY_AGAIN,
                    "one delete was not enough",
                    withoutStatuses(),
                    CREATE,
                    "create) [ ! -f \"$vm\" ] || echo poweron > \"$vm-2\"; echo poweron > \"$vm\";",
                    DELETE,
                    "rm \"$vm-2\" 2>/dev/null || rm -f \"$vm\""),
            life(Check.OUTSIDE, "left behind: i-2-", CREATE, CREATE + " echo poweroff > \"$vm-forgotten\";"),
            life(
                    Check.NEIGHBOUR,
                    "[poweron]",
                    "stop) ",
                    "stop) for each in \"$state\"/i-*; do [ ! -f \"$each\" ] || echo poweroff > \"$each\"; done; "),
            life(Check.KNOWN_ACTION, "the action Snap is in the manifest", action("Snap")),
            life(
                    Check.KNOWN_ACTION,
                    "the action Take Snapshot is in the manifest",
                    action("Take Snapshot"),
                    "refuse 'unknown verb'",
                    "refuse \"there is no $verb here\""),
            life(
                    Check.COMMAND_LINE,
                    "on a command line",
                    "create) ",
                    "create) " + TOKEN + "sh -c 'sleep 0.5' x \"$token\"; "),
            life(
                    Check.COMMAND_LINE,
                    "--password=******",
                    "getconsole) ",
                    "getconsole) " + TOKEN + "sh -c 'sleep 0.5' x \"--password=$token\"; "),
            life(Check.SCHEMA, "$.nics", PREPARED, "'{\"vncPassword\":\"t0ps3cret-1\",\"nics\":7}'"),
            life(Check.SCHEMA, "mac", PREPARED, "'{\"vncPassword\":\"t0ps3cret-2\",\"nics\":[{\"mac\":\"x\"},{}]}'"),
            life(Check.SCHEMA, "vncPassword", PREPARED, "'{\"vncPassword\":{\"password\":\"t0ps3cret-3\"}}'"),
            life(
                    Check.SECRETS,
                    "prepare: a secret is on stderr",
                    PREPARED,
                    "'{\"vncPassword\":\"t0ps3cret-4\"}'",
                    "prepare) ",
                    "prepare) echo 'now t0ps3cret-4' >&2; "),
            life(
                    Check.START,
                    "the password is ******",
                    "\"password\":\"abc\"",
                    "\"password\":\"t0ps3cret-5\"",
                    "start) ",
                    "start) refuse 'the password is t0ps3cret-5'; "));

    private static BrokenRuns runs;

    @BeforeAll
    static void verify(@TempDir Path place) {
        runs = new BrokenRuns(ALL, place);
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    private static Damage withoutStatuses() {
        return extension -> extension.edit(MANIFEST, NO_STATUSES, "");
    }

    private static Damage action(String name) {
        return extension -> extension.edit(MANIFEST, "customActions:", "customActions:\n  - name: " + name);
    }

    private static Broken life(Check check, String because, String... edits) {
        return new Broken(check, Thoroughness.FULL, because, Broken.edits(edits));
    }

    private static Broken life(Check check, String because, Damage damage, String... edits) {
        return new Broken(check, Thoroughness.FULL, because, damage.and(Broken.edits(edits)));
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
