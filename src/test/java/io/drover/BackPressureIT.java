package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import io.drover.Inventory.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A server that is asked for far more than it can do at once: its queue is full of status requests that do not end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("matrix")
class BackPressureIT {
    private static final int RUNNING = 8;
    private static final int POLLS_RUNNING = 6;
    private static final int QUEUE = 500;
    private static final int POLLS_WAITING = 450;

    private final Path home = DroverServer.newHome();
    private final Path statusGate = home.resolve("status-may-end");
    private final Path rebootGate = home.resolve("reboot-may-end");
    private final String database =
            "jdbc:h2:file:" + home.resolve("db/drover") + ";AUTO_SERVER=TRUE;LOCK_TIMEOUT=10000";
    private DroverServer server;
    private DroverClient admin;
    private Site site;
    private String extension;
    private List<String> vms;

    @BeforeAll
    void fill() throws Exception {
        server = DroverServer.start(
                home,
                "--spring.datasource.url=" + database,
                "--drover.dispatch.running=" + RUNNING,
                "--drover.dispatch.queue=" + QUEUE);
        admin = server.admin();
        extension = server.inventory().extension("""
                #!/bin/sh
                case $1 in
                status) while [ ! -e '%s' ]; do sleep 0.2; done ;;
                reboot) while [ ! -e '%s' ]; do sleep 0.2; done ;;
                esac
                echo '{"status":"success","power_state":"PowerOn"}'
                """.formatted(statusGate, rebootGate));
        site = server.inventory().site(extension);
        vms = copies(server.inventory().running(site), POLLS_RUNNING + POLLS_WAITING + 50);
        var polled = vms.subList(50, vms.size());
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (var poll : threads.invokeAll(polled.stream()
                    .<Callable<Answer>>map(vm -> () -> begin("status", vm))
                    .toList())) {
                poll.get().expecting(202);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @AfterAll
    void end() throws IOException {
        server.kill();
        Files.createFile(statusGate);
        Files.writeString(rebootGate, "");
    }

    @Test
    void aStopIsDoneWhileThePollsWait() {
        var stop = admin.done(begin("stop", vms.get(0)));

        assertThat(stop.path("state").asText()).as(stop.toString()).isEqualTo("SUCCEEDED");
        assertThat(node().path("waiting").asInt()).isGreaterThanOrEqualTo(POLLS_WAITING);
    }

    @Test
    void aPollTooManyIsRefusedAndLeavesNothingBehind() {
        var vm = vms.get(1);
        var before = admin.vm(vm);

        var refusal = admin.post("/api/v1/vms/" + vm + "/status", "", "Idempotency-Key", "too-many");

        refused(refusal);
        var problem = Problems.check(refusal, 503);
        assertThat(problem.path("type").asText()).isEqualTo("/problems/queue-full");
        assertThat(problem.path("detail").asText()).contains(POLLS_WAITING + " actions wait", "status");
        assertThat(operations(vm)).isEmpty();
        assertThat(admin.vm(vm)).isEqualTo(before);
        var other = admin.post("/api/v1/vms/" + vms.get(2) + "/stop", "", "Idempotency-Key", "too-many");
        assertThat(admin.done(other).path("verb").asText()).isEqualTo("stop");
    }

    @Test
    void aPollTooManyIsRefusedAtTheEnginesDoorToo() {
        var vm = vms.get(3);
        var variables = Map.of("variables", Map.of("vm", Map.of("value", vm, "type", "String")));

        var refusal = admin.post("/engine-rest/process-definition/key/vm-status/start", variables);

        refused(refusal);
        assertThat(refusal.json().path("type").asText()).isEqualTo("queue-full");
        assertThat(operations(vm)).isEmpty();
    }

    @Test
    void aRequestThatWasAcceptedBeforeIsStillAnswered() {
        var vm = vms.get(4);
        var first = admin.post("/api/v1/vms/" + vm + "/stop", "", "Idempotency-Key", "before");
        admin.done(first);

        var again = admin.post("/api/v1/vms/" + vm + "/stop", "", "Idempotency-Key", "before");

        assertThat(again.expecting(202).path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void theQueueShowsWhatWaitsSinceWhenAndWhy() {
        var polls = group("status");

        assertThat(polls.path("extension").asText()).isEqualTo(extension);
        assertThat(polls.path("host").asText()).isEqualTo(site.name());
        assertThat(polls.path("priority").asText()).isEqualTo("LOW");
        assertThat(polls.path("waiting").asInt()).isEqualTo(POLLS_WAITING);
        assertThat(polls.path("running").asInt()).isEqualTo(POLLS_RUNNING);
        assertThat(polls.path("waitingFor").asText()).isEqualTo("node limit 6 for low priority reached");
        var last = admin.get("/api/v1/operations?state=QUEUED&verb=status&limit=1")
                .expecting(200)
                .path("items")
                .path(0);
        assertThat(polls.path("oldest").asText())
                .isLessThan(last.path("requestedAt").asText());
        assertThat(admin.operation(last.path("id").asText()).path("waitingFor").asText())
                .isEqualTo("node limit 6 for low priority reached");
    }

    @Test
    void theQueueIsForAdministrators() {
        var user = Map.of("name", "u-1", "role", "User", "domain", "/", "password", WholeApplication.PASSWORD);
        admin.post("/api/v1/accounts", user).expecting(201);
        var caller = DroverClient.basic(server.address(), "u-1", WholeApplication.PASSWORD);

        Problems.check(caller.get("/api/v1/queue"), 403);
        Problems.check(caller.get("/actuator/metrics/drover.queue.waiting"), 403);
    }

    @Test
    void theMetricsCountTheSame() {
        assertThat(metric("drover.queue.waiting")).isGreaterThanOrEqualTo(POLLS_WAITING);
        assertThat(metric("drover.queue.oldest")).isPositive();
        assertThat(metric("drover.actions.running")).isGreaterThanOrEqualTo(POLLS_RUNNING);
    }

    @Test
    void aStopThatMustWaitIsNextEvenSo() throws IOException {
        var reboots = IntStream.range(10, 30)
                .mapToObj(i ->
                        begin("reboot", vms.get(i)).expecting(202).path("id").asText())
                .toList();
        await().until(() -> node().path("running").asInt() == RUNNING);
        var stop = begin("stop", vms.get(30)).expecting(202).path("id").asText();
        assertThat(admin.operation(stop).path("waitingFor").asText()).isEqualTo("node limit 8 reached");
        assertThat(group("reboot").path("waiting").asInt()).isEqualTo(20 - (RUNNING - POLLS_RUNNING));

        Files.createFile(rebootGate);

        var stopped = started(admin.awaitEnd(stop));
        var ended = reboots.stream().map(admin::awaitEnd).toList();
        assertThat(ended.stream().filter(reboot -> started(reboot).compareTo(stopped) < 0))
                .hasSizeBetween(RUNNING - POLLS_RUNNING, RUNNING - POLLS_RUNNING + 1);
        assertThat(group("status").path("running").asInt()).isEqualTo(POLLS_RUNNING);
    }

    private static String started(JsonNode operation) {
        return operation.path("startedAt").asText();
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(1, 60);
    }

    private Answer begin(String verb, String vm) {
        return server.inventory().begin(verb, vm);
    }

    private List<JsonNode> operations(String vm) {
        return list(admin.get("/api/v1/operations?vm=" + vm)).toList();
    }

    private JsonNode node() {
        return list(admin.get("/api/v1/queue")).findFirst().orElseThrow();
    }

    private JsonNode group(String verb) {
        return StreamSupport.stream(node().path("groups").spliterator(), false)
                .filter(group -> group.path("verb").asText().equals(verb))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> list(Answer answer) {
        return StreamSupport.stream(answer.expecting(200).path("items").spliterator(), false);
    }

    private double metric(String name) {
        return admin.get("/actuator/metrics/" + name)
                .expecting(200)
                .path("measurements")
                .path(0)
                .path("value")
                .asDouble();
    }

    /** VMs like this one, made behind the server's back since that is quicker; their ids. */
    private List<String> copies(String vm, int number) {
        var jdbc = JdbcClient.create(new DriverManagerDataSource(database, "drover", ""));
        jdbc.sql("""
                        INSERT INTO vm (id, name, live_name, internal_name, state, power_state, owner_id, domain, template_id,
                                        service_offering_id, cluster_id, host_id, last_host_id, creation, created_at)
                        SELECT RANDOM_UUID(), 'copy-' || x, 'copy-' || x, 'i-copy-' || x, state, power_state, owner_id, domain,
                               template_id, service_offering_id, cluster_id, host_id, last_host_id, creation, created_at
                        FROM vm, SYSTEM_RANGE(1, ?) WHERE id = ?
                        """).params(number, UUID.fromString(vm)).update();
        return jdbc.sql("SELECT CAST(id AS varchar) FROM vm WHERE name LIKE 'copy-%'")
                .query(String.class)
                .list();
    }
}
