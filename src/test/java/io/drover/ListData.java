package io.drover;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fills the tables behind the lists. Most rows are alike; a few, the oldest, have what is rare: so whoever looks for that
 * from the newest on reads everything.
 */
public final class ListData {
    /** An account of the tenant that has one VM in a hundred; {@link #BIG} has the others. */
    public static final String SMALL = "lists-small";

    public static final String BIG = "lists-big";

    /** Every filter and every pair of filters that people use, with values that are common, rare or nowhere. */
    public static final List<String> LISTS = List.of(
            "/vms",
            "/vms?state=Error",
            "/vms?state=Stopped",
            "/vms?state=Stopped&state=Error",
            "/vms?powerState=PowerOff",
            "/vms?powerState=PowerUnknown",
            "/vms?cluster=demo&state=Error",
            "/vms?host=sim-1&state=Stopped",
            "/vms?template=tiny&powerState=PowerOff",
            "/vms?name=list-2&name=list-4",
            "/vms?name=nobody",
            "/operations",
            "/operations?state=WAITING",
            "/operations?state=CANCELLED&state=WAITING",
            "/operations?state=SUCCEEDED",
            "/operations?verb=reboot",
            "/operations?verb=delete&verb=deploy",
            "/operations?verb=stop&state=CANCELLED",
            "/operations?verb=reboot&state=WAITING",
            "/operations?requestedBy=lists-rare",
            "/operations?requestedBy=nobody",
            "/operations?businessKey=ticket-2",
            "/operations?businessKey=none",
            "/operations?processInstance=process-77",
            "/operations?vm=list-100&verb=reboot",
            "/operations?vm=list-101&vm=list-102&state=WAITING",
            "/operations?until=2026-01-01T00:00:05Z",
            "/operations?since=2027-01-01T00:00:05Z&state=SUCCEEDED",
            "/actions",
            "/actions?verb=getconsole",
            "/actions?verb=reboot&verb=getconsole",
            "/actions?verb=status&state=FAILED",
            "/actions?state=CANCELLED",
            "/actions?state=FAILED&state=PENDING",
            "/actions?requestedBy=lists-rare",
            "/actions?requestedBy=lists-big&verb=reboot",
            "/operations?requestedBy=lists-rare&verb=status",
            "/actions?vm=list-100&verb=getconsole",
            "/actions?operation=0000000c-0000-0000-0000-000000000007",
            "/actions?until=2026-01-01T00:00:05Z",
            "/history",
            "/history?kind=extension.not-ready",
            "/history?kind=vm.left-behind&kind=extension.not-ready",
            "/history?actor=lists-rare",
            "/history?actor=nobody&kind=action.succeeded",
            "/history?actor=lists-big&kind=extension.not-ready",
            "/history?subjectType=extension",
            "/history?subjectType=vm&subject=list-7",
            "/history?subject=nothing",
            "/history?vm=list-100",
            "/history?vm=list-100&kind=extension.not-ready",
            "/history?until=2026-01-01T00:00:05Z");

    /** Rows of one transaction: H2 keeps the old ones of each, and becomes slower and slower in a long one. */
    private static final int AT_A_TIME = 10_000;

    private static final String ID = "CAST('%s-0000-0000-0000-' || LPAD(CAST(%s AS VARCHAR), 12, '0') AS UUID)";
    private static final String TIME = "TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00' + x * INTERVAL '1' SECOND";

    private static final String ACCOUNT = """
            INSERT INTO account (id, name, role_type, domain, password_initial, enabled, created_at)
            SELECT {account x}, CASE x WHEN 0 THEN 'lists-big' ELSE 'lists-small' END, 'USER',
                   CASE x WHEN 0 THEN '/big' ELSE '/small' END, FALSE, TRUE, {time} FROM {range}
            """;
    private static final String VM = """
            INSERT INTO vm (id, name, live_name, internal_name, state, power_state, owner_id, domain, cluster_id, host_id, template_id,
                            creation, created_at)
            SELECT {vm x}, 'list-' || x, CASE WHEN MOD(x, 2) = 0 THEN 'list-' || x END, 'i-' || x,
                   CASE WHEN MOD(x, 2) = 1 THEN 'Expunged' WHEN x < 4 THEN 'Error' ELSE 'Running' END,
                   CASE WHEN x < 4 THEN 'PowerOff' ELSE 'PowerOn' END,
                   CASE WHEN MOD(x, 100) = 0 THEN {account 1} ELSE {account 0} END,
                   CASE WHEN MOD(x, 100) = 0 THEN '/small' ELSE '/big' END,
                   (SELECT id FROM cluster WHERE name = 'demo'),
                   CASE WHEN MOD(x, 2) = 0 THEN (SELECT id FROM host WHERE name = 'sim-1') END,
                   (SELECT id FROM template WHERE name = 'tiny'), 'Created', {time}
            FROM {range}
            """;
    private static final String OPERATION = """
            INSERT INTO operation (id, vm_id, verb, state, actor_id, actor_name, actor_role, actor_domain, requested_at, started_at, ended_at,
                                   process_instance_id, business_key, parameters, vm_owner_id, vm_domain)
            SELECT {operation x}, vm.id, CASE WHEN x < 4 THEN 'reboot' WHEN MOD(x, 3) = 0 THEN 'stop' ELSE 'status' END,
                   CASE WHEN x < 6 THEN 'WAITING' WHEN MOD(x, 10) = 0 THEN 'FAILED' ELSE 'SUCCEEDED' END,
                   vm.owner_id, CASE WHEN x < 4 THEN 'lists-rare' ELSE 'lists-big' END, 'USER', '/big', {time}, {time}, {time},
                   'process-' || x, CASE WHEN x < 4 THEN 'ticket-' || x END, '{}', vm.owner_id, vm.domain
            FROM {range} JOIN vm ON vm.id = CASE WHEN x < 4 THEN {vm 100} ELSE {vm (MOD(x, VMS) + 1)} END
            """;
    private static final String ACTION = """
            INSERT INTO action (id, operation_id, vm_id, vm_name, verb, wire_verb, state, attempt, activity_id, activity_name, execution_id,
                                activity_instance_id, extension_id, extension_name, program, actor_id, actor_name, actor_role, node,
                                timeout_seconds, requested_at, payload, vm_owner_id, vm_domain)
            SELECT {action x}, asked.id, asked.vm_id, 'list', asked.verb, asked.verb,
                   CASE WHEN x < 6 THEN 'FAILED' WHEN MOD(x, 10) = 0 THEN 'REFUSED' ELSE 'SUCCEEDED' END, 1, 'Task', 'Task', 'execution',
                   'visit', {account 0}, 'Simulator', '/opt/simulator.sh', asked.actor_id, asked.actor_name, 'USER', 'lists', 60, {time},
                   '{"cloudstack.vm.details":{"name":"i-2-41-VM"}}', asked.vm_owner_id, asked.vm_domain
            FROM {range} JOIN operation asked
              ON asked.id = CASE WHEN x <= OPERATIONS THEN {operation x} ELSE {operation (MOD(x, OPERATIONS) + 1)} END
            """;
    private static final String HISTORY = """
            INSERT INTO history (at, actor_id, actor_name, actor_role, kind, subject_type, subject_id, subject_name, vm_id, body)
            SELECT {time}, {account 0}, CASE WHEN x < 4 THEN 'lists-rare' ELSE 'lists-big' END, 'User',
                   CASE WHEN x < 4 THEN 'extension.not-ready' WHEN MOD(x, 2) = 0 THEN 'action.succeeded' ELSE 'operation.succeeded' END,
                   CASE WHEN x < 4 THEN 'extension' WHEN MOD(x, 2) = 0 THEN 'vm' ELSE 'operation' END,
                   'subject-' || MOD(x, VMS), 'list-' || MOD(x, VMS), {vm (MOD(x, VMS) + 1)}, '{}'
            FROM {range}
            """;

    private ListData() {}

    /** Fills the database, which has the demo inventory, with so many rows. */
    public static void fill(JdbcClient jdbc, boolean postgres, int vms, int operations, int actions) {
        fill(jdbc, postgres, ACCOUNT, 0, 1);
        fill(jdbc, postgres, VM, 1, vms);
        fill(jdbc, postgres, OPERATION.replace("VMS", "" + vms), 1, operations);
        fill(jdbc, postgres, ACTION.replace("OPERATIONS", "" + operations), 1, actions);
        fill(jdbc, postgres, HISTORY.replace("VMS", "" + vms), 1, actions);
        jdbc.sql("ANALYZE").update();
    }

    private static void fill(JdbcClient jdbc, boolean postgres, String statement, int first, int last) {
        var range = postgres ? "generate_series(%d, %d) AS numbers (x)" : "SYSTEM_RANGE(%d, %d)";
        var sql = spelled(statement);
        for (int from = first; from <= last; from += AT_A_TIME) {
            int to = Math.min(last, from + AT_A_TIME - 1);
            jdbc.sql(sql.replace("{range}", range.formatted(from, to))).update();
        }
    }

    private static String spelled(String sql) {
        return sql.replace("{time}", TIME)
                .replaceAll("\\{account ([^}]+)}", ID.formatted("0000000a", "$1"))
                .replaceAll("\\{vm ([^}]+)}", ID.formatted("0000000b", "$1"))
                .replaceAll("\\{operation ([^}]+)}", ID.formatted("0000000c", "$1"))
                .replaceAll("\\{action ([^}]+)}", ID.formatted("0000000d", "$1"));
    }
}
