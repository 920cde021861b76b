package io.drover.inventory;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.problem.ProblemException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inventory that most tests begin with: cluster demo, host sim-1, template tiny, offering small, network demo. */
@TestComponent
public class InventoryFixtures {
    public static final Actor ADMIN = new Actor(new UUID(1, 1), "admin", RoleType.ADMIN, "/");
    public static final Actor ANN = new Actor(new UUID(1, 2), "ann", RoleType.USER, "/sales");
    public static final Actor BOB = new Actor(new UUID(1, 3), "bob", RoleType.USER, "/sales/emea");
    public static final Actor SALES = new Actor(new UUID(1, 4), "sales", RoleType.DOMAIN_ADMIN, "/sales");

    private final JdbcClient jdbc;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Templates templates;
    private final ServiceOfferings offerings;
    private final Networks networks;
    private final Vms vms;

    InventoryFixtures(
            JdbcClient jdbc,
            @Lazy Clusters clusters,
            @Lazy Hosts hosts,
            @Lazy Templates templates,
            @Lazy ServiceOfferings offerings,
            @Lazy Networks networks,
            @Lazy Vms vms) {
        this.jdbc = jdbc;
        this.clusters = clusters;
        this.hosts = hosts;
        this.templates = templates;
        this.offerings = offerings;
        this.networks = networks;
        this.vms = vms;
    }

    /** Empties the database and builds the inventory anew. */
    public void reset() {
        for (var table : List.of(
                "nic",
                "vm",
                "detail",
                "host",
                "template",
                "extension",
                "cluster",
                "service_offering",
                "network",
                "history",
                "account")) {
            jdbc.sql("DELETE FROM " + table).update();
        }
        List.of(ADMIN, ANN, BOB, SALES).forEach(this::account);
        clusters.create(new ClusterSpec("demo", null, null), ADMIN);
        hosts.create(new HostSpec("sim-1", "demo", null, null), ADMIN);
        templates.create(new TemplateSpec("tiny", null, null, null, null), ADMIN);
        offerings.create(new ServiceOfferingSpec("small", 1, 500, 512, null), ADMIN);
        network("demo", "10.1.0.0/24");
    }

    /** The id of an extension, which is added. */
    UUID extension() {
        var id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO extension (id, name, type, directory, path, enabled, user_defined, manifest, created_at)
                        VALUES (:id, 'simulator', 'Orchestrator', 'd', 'p', TRUE, TRUE, '', :now)
                        """)
                .param("id", id)
                .param("now", OffsetDateTime.ofInstant(InventorySlice.NOW, ZoneOffset.UTC))
                .update();
        return id;
    }

    /** Adds a network with nothing but an IPv4 range. */
    public Network network(String name, String cidr) {
        return networks.create(
                new NetworkSpec(name, cidr, null, null, null, null, null, null, null, null, null, null), ADMIN);
    }

    /** Adds a network with both ranges. */
    Network dualNetwork(String name, String cidr, String cidr6) {
        return networks.create(
                new NetworkSpec(name, cidr, null, null, cidr6, null, null, null, null, null, null, null), ADMIN);
    }

    /** A request for a VM with a NIC in each of the networks. */
    public static NewVm newVm(String name, String... networkNames) {
        return new NewVm(
                name,
                "tiny",
                "small",
                List.of(networkNames).stream().map(NewNic::in).toList(),
                null,
                null,
                null);
    }

    /** Allocates a VM of ann's. */
    public Vm vm(String name, String... networkNames) {
        return vms.allocate(newVm(name, networkNames), ANN);
    }

    /** What the ledger says, oldest first. */
    List<String> kinds() {
        return jdbc.sql("SELECT kind FROM history ORDER BY seq")
                .query(String.class)
                .list();
    }

    /** What the ledger says of a kind of entry. */
    List<String> bodies(String kind) {
        return jdbc.sql("SELECT body FROM history WHERE kind = :kind ORDER BY seq")
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    /** The refusal that a call ends in. */
    static ProblemException refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, call), "nothing was refused");
    }

    /** One of several calls that are made at once. */
    interface Attempt {
        String run(int number) throws Exception;
    }

    /** What came of each attempt: its result or the slug of its refusal. */
    static List<String> race(int attempts, Attempt attempt) throws Exception {
        var start = new CyclicBarrier(attempts);
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            int number = i;
            calls.add(() -> {
                start.await();
                try {
                    return attempt.run(number);
                } catch (ProblemException refusal) {
                    return refusal.slug();
                }
            });
        }
        var pool = Executors.newFixedThreadPool(attempts);
        try {
            List<String> outcomes = new ArrayList<>();
            for (var outcome : pool.invokeAll(calls)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
        }
    }

    private void account(Actor actor) {
        jdbc.sql("""
                        INSERT INTO account (id, name, role_type, domain, password_initial, enabled, created_at)
                        VALUES (:id, :name, :role, :domain, FALSE, TRUE, :now)
                        """)
                .params(Map.of(
                        "id", actor.id(),
                        "name", actor.name(),
                        "role", actor.role().name(),
                        "domain", actor.domain(),
                        "now", OffsetDateTime.ofInstant(InventorySlice.NOW, ZoneOffset.UTC)))
                .update();
    }
}
