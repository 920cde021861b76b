package io.drover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a home from before says of its VMs' creation. */
class CreationMigrationTests {
    private final UUID owner = UUID.randomUUID();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource("jdbc:h2:mem:" + owner + ";DB_CLOSE_DELAY=-1");
    private final JdbcClient jdbc = JdbcClient.create(source);
    private int at;

    @BeforeEach
    void before() {
        migrate("9");
        jdbc.sql("""
                        INSERT INTO account (id, name, role_type, domain, password_initial, enabled, created_at)
                        VALUES (?, 'ann', 'ADMIN', '/', FALSE, TRUE, CURRENT_TIMESTAMP)
                        """).param(owner).update();
    }

    @Test
    void creationIsDerivedFromWhatWasDone() {
        vm("runs", "Running", true, "deploy SUCCEEDED");
        vm("refused", "Error", false, "deploy REFUSED");
        vm("new", "Allocated", false);
        vm("unclear", "Error", false, "deploy FAILED timed-out");
        vm("cancelled", "Error", false, "deploy CANCELLED cancelled");
        vm("not-begun", "Error", false, "deploy FAILED not-started");
        vm("cleaned-up", "Error", false, "deploy FAILED timed-out", "delete SUCCEEDED");
        vm("again", "Error", false, "deploy FAILED lost", "delete SUCCEEDED", "deploy FAILED lost");
        vm("made-not-marked", "Error", false, "deploy SUCCEEDED");
        vm("gone-not-marked", "Error", true, "deploy SUCCEEDED", "delete SUCCEEDED");
        vm("refused-then-stopped", "Stopped", false, "deploy REFUSED", "stop SUCCEEDED");

        migrate("10");

        assertThat(creations())
                .containsOnly(
                        Map.entry("runs", "Created Running"),
                        Map.entry("refused", "Never Error"),
                        Map.entry("new", "Never Allocated"),
                        Map.entry("unclear", "Unclear Error"),
                        Map.entry("cancelled", "Unclear Error"),
                        Map.entry("not-begun", "Never Error"),
                        Map.entry("cleaned-up", "Never Error"),
                        Map.entry("again", "Unclear Error"),
                        Map.entry("made-not-marked", "Created Error"),
                        Map.entry("gone-not-marked", "Never Error"),
                        Map.entry("refused-then-stopped", "Never Error"));
        assertThat(new InternalNames(new VmProperties(null), jdbc).of(2, 41)).isEqualTo("i-2-41-VM");
    }

    @Test
    void aHomeWithoutVmsGetsAPrefix() {
        migrate("10");

        assertThat(new InternalNames(new VmProperties(null), jdbc).of(2, 41)).doesNotStartWith("i-");
    }

    private Map<String, String> creations() {
        return jdbc.sql("SELECT name, creation, state FROM vm").query().listOfRows().stream()
                .collect(Collectors.toMap(
                        row -> String.valueOf(row.get("name")), row -> row.get("creation") + " " + row.get("state")));
    }

    /** @param actions verb, state and error code of each, in their order */
    private void vm(String name, String state, boolean deployed, String... actions) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO vm (id, name, live_name, internal_name, state, power_state, owner_id, domain, deployed, created_at)
                        VALUES (?, ?, ?, 'i-1-1-VM', ?, 'PowerUnknown', ?, '/', ?, CURRENT_TIMESTAMP)
                        """).params(id, name, name, state, owner, deployed).update();
        for (var action : actions) {
            var words = (action + " ").split(" ", 3);
            action(id, words[0], words[1], words[2].isBlank() ? null : words[2].strip());
        }
    }

    private void action(UUID vm, String verb, String state, String code) {
        var operation = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO operation (id, vm_id, verb, state, actor_id, actor_name, actor_role, actor_domain, requested_at, parameters)
                        VALUES (?, ?, ?, 'FAILED', ?, 'ann', 'ADMIN', '/', CURRENT_TIMESTAMP, '{}')
                        """).params(operation, vm, verb, owner).update();
        jdbc.sql("""
                        INSERT INTO action (id, operation_id, vm_id, vm_name, verb, wire_verb, purpose, state, attempt, activity_id,
                            activity_name, execution_id, activity_instance_id, extension_id, extension_name, program, actor_id,
                            actor_name, actor_role, node, timeout_seconds, error_code, requested_at, started_at)
                        VALUES (?, ?, ?, 'vm', ?, ?, 'TASK', ?, 1, 'a', 'a', 'e', 'v', ?, 'x', 'p', ?, 'ann', 'Admin', 'n', 60, ?,
                            DATEADD(SECOND, ?, TIMESTAMP WITH TIME ZONE '2026-11-01 00:00:00Z'), CURRENT_TIMESTAMP)
                        """)
                .params(UUID.randomUUID(), operation, vm, verb, verb, state, owner, owner, code, at++)
                .update();
    }

    private void migrate(String version) {
        Flyway.configure().dataSource(source).target(version).load().migrate();
    }
}
