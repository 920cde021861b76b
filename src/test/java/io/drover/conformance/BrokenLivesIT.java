package io.drover.conformance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Extensions that are broken in one place each of what they do with VMs; the kit says which. */
@Tag("matrix")
class BrokenLivesIT {
    private static final String SCRIPT = "good.sh";
    private static final String MANIFEST = "extension.yaml";

    @TempDir
    Path root;

    private static Broken life(Check check, String because, String from, String to) {
        return new Broken(check.id(), Thoroughness.FULL, because, it -> it.edit(SCRIPT, from, to));
    }

    static List<Broken> broken() {
        return List.of(
                new Broken(
                        Check.DETAILS.id(),
                        Thoroughness.FULL,
                        "node",
                        it -> it.edit(MANIFEST, "configuration:", "configuration:\n  host: {node: {required: true}}")),
                life(Check.PREPARE, "no NIC", "{\"details\":{\"number\":\"7\"}}", "{\"nics\":[{\"nicUuid\":\"x\"}]}"),
                life(Check.SCHEMA, "mac", "{\"details\":{\"number\":\"7\"}}", "{\"nics\":[{\"mac\":\"x\"},{}]}"),
                life(Check.DEPLOY, "must succeed", "create)", "create) refuse 'no room';"),
                life(Check.DEPLOY_AGAIN, "exists", "create)", "create) [ ! -f \"$vm\" ] || refuse 'exists';"),
                life(Check.ON_AFTER_DEPLOY, "[poweron]", "create) echo poweron", "create) echo poweroff"),
                life(Check.SCHEMA, "running", "\\\"$power\\\"}\" ;;", "\\\"running\\\"}\" ;;"),
                life(
                        Check.OFF_AFTER_STOP,
                        "[poweroff]",
                        "[ ! -f \"$vm\" ] || echo poweroff",
                        "[ -f \"$vm\" ] || echo poweroff"),
                life(Check.STOP_AGAIN, "is off", "stop) ", "stop) [ \"$power\" != poweroff ] || refuse 'is off'; "),
                life(
                        Check.START,
                        "[poweron]",
                        "echo poweron > \"$vm\"; say '{\"status\":\"success\"}' ;;\n    stop",
                        "say '{}' ;;\n    stop"),
                life(Check.START_AGAIN, "is on", "start) ", "start) [ $power != poweron ] || refuse 'is on'; "),
                life(Check.REBOOT, "[poweron]", "reboot) ", "reboot) echo poweroff > \"$vm\"; "),
                life(Check.STATUSES, "as poweron", "\\\"${vm##*/}\\\"", "\\\"vm\\\""),
                life(Check.SCHEMA, "port", "\"port\":5901", "\"port\":\"vnc\""),
                life(Check.CONSOLE, "must succeed", "\"host\":\"10.0.0.7\",", ""),
                life(Check.GONE_AFTER_DELETE, "not answer poweron", "rm -f \"$vm\"", "echo poweron > \"$vm\""),
                life(Check.DELETE_AGAIN, "no such", "delete) ", "delete) [ -f \"$vm\" ] || refuse 'no such'; "),
                life(
                        Check.MISSING_STOP,
                        "no such",
                        "stop) [ ! -f \"$vm\" ] ||",
                        "stop) [ -f \"$vm\" ] || refuse 'no such';"),
                life(
                        Check.FOREIGN,
                        "[poweron]",
                        "create) ",
                        "create) mark=$state/.$name; [ ! -f \"$mark\" ] || [ \"$(cat \"$mark\")\" = \"$id\" ]"
                                + " || { rm -f \"$vm\"; refuse 'exists'; }; echo \"$id\" >\"$mark\"; "),
                life(Check.MISSING_DELETE, "no such", "delete) ", "delete) [ -f \"$vm\" ] || refuse 'no such'; "),
                life(
                        Check.NO_NICS,
                        "no NIC",
                        "create) ",
                        "create) case $payload in *'\"nics\":[]'*) refuse 'no NIC' ;; esac; "),
                life(
                        Check.MANY_NICS,
                        "too many",
                        "create) ",
                        "create) case $payload in *'\"deviceId\":7'*) refuse 'too many' ;; esac; "),
                life(
                        Check.LARGE_PAYLOAD,
                        "must succeed",
                        "create) ",
                        "create) [ ${#payload} -lt 200000 ] || refuse 'too large'; "),
                life(
                        Check.UNKNOWN_FIELDS,
                        "must succeed",
                        "create) ",
                        "create) case $payload in *conformanceUnknown*) exit 1 ;; esac; "),
                life(
                        Check.FEW_FIELDS,
                        "must succeed",
                        "create) ",
                        "create) case $payload in *extraConfig*) ;; *) exit 1 ;; esac; "),
                life(Check.LEFT_AFTER_DELETE, "sleep 98", "create) ", "create) setsid sleep 98 >/dev/null 2>&1 & "),
                life(
                        Check.UNKNOWN_ACTION,
                        "must be refused",
                        "*) refuse 'unknown",
                        "*' '*) say '{}' ;; *) refuse 'unknown"),
                life(Check.SCHEMA, "message", "\\\"message\\\":{\\\"note\\\":\\\"$note\\\"}", "\\\"message\\\":[1]"),
                life(Check.ACTIONS, "must answer", "Note) say", "Note) kill -9 $$; say"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isFoundOut(Broken broken) throws Exception {
        broken.assertFound(root);
    }
}
