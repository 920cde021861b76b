package io.drover.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.extension.run.Output;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.wire.Masking;
import io.drover.inventory.Creation;
import io.drover.inventory.PowerState;
import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operations, actions and the rows that they need. */
final class OperationFixtures {
    static final Instant NOW = Instant.parse("2026-05-06T07:08:09.123456Z");
    static final Actor ADMIN = new Actor(new UUID(1, 1), "admin", RoleType.ADMIN, "/");
    static final Actor ANN = new Actor(new UUID(1, 2), "ann", RoleType.USER, "/sales");

    private OperationFixtures() {}

    static Action action(UUID operation, UUID vm, UUID extension, @Nullable UUID host, Instant requestedAt) {
        return new Action(
                UUID.randomUUID(),
                operation,
                vm,
                "web-1",
                host,
                "deploy",
                "create",
                ActionPurpose.TASK,
                ActionState.PENDING,
                1,
                "Task_Deploy",
                "Deploy",
                "execution-1",
                "visit-1",
                null,
                extension,
                "simulator",
                "/opt/simulator.sh",
                "ab".repeat(32),
                ANN.name(),
                "node-1",
                Duration.ofMinutes(5),
                requestedAt,
                null,
                null,
                null,
                null,
                "{}",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Dispatch dispatch(UUID extension, @Nullable UUID host) {
        var action = action(UUID.randomUUID(), UUID.randomUUID(), extension, host, NOW);
        return new Dispatch(action, null, new Masking(new ObjectMapper(), Set.of()), false);
    }

    static ActionEnd succeeded(Instant started, Instant ended) {
        var run = new RunResult(
                Ending.EXITED,
                0,
                new Output("{\"a\":1}", 7, false),
                new Output("warn", 4, false),
                started,
                ended,
                null);
        return new ActionEnd(ActionState.SUCCEEDED, run, null, "{\"a\":1}", "sealed", "{\"a\":1}", "warn", "a note");
    }

    /** A VM as the inventory has it. */
    static Vm vm(UUID id, String internalName, Creation creation) {
        return new Vm(
                id,
                41,
                "web-1",
                internalName,
                VmState.Starting,
                null,
                PowerState.PowerUnknown,
                null,
                ANN.id(),
                "/",
                null,
                null,
                null,
                null,
                null,
                creation,
                NOW);
    }

    /** Adds the account and a VM of its; the VM's id. */
    static UUID vm(JdbcClient jdbc, Actor owner) {
        var now = NOW.atOffset(ZoneOffset.UTC);
        int known = jdbc.sql("SELECT count(*) FROM account WHERE id = ?")
                .param(owner.id())
                .query(Integer.class)
                .single();
        if (known == 0) {
            jdbc.sql("""
                            INSERT INTO account (id, name, role_type, domain, password_initial, enabled, created_at)
                            VALUES (?, ?, ?, ?, FALSE, TRUE, ?)
                            """)
                    .params(owner.id(), owner.name(), owner.role().name(), owner.domain(), now)
                    .update();
        }
        var id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO vm (id, name, live_name, internal_name, state, power_state, owner_id, domain, creation,
                                        created_at)
                        VALUES (?, ?, ?, 'i-1', 'Running', 'PowerUnknown', ?, ?, 'Created', ?)
                        """)
                .params(id, "vm", id.toString(), owner.id(), owner.domain(), now)
                .update();
        return id;
    }
}
