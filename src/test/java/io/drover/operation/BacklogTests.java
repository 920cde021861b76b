package io.drover.operation;

import static io.drover.operation.OperationFixtures.ANN;
import static io.drover.operation.OperationFixtures.NOW;
import static io.drover.operation.OperationFixtures.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.drover.inventory.Hosts;
import io.drover.inventory.life.Priority;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is shown of the actions that wait. */
@JdbcTest
@Import({OperationRepository.class, ActionRepository.class, BacklogRepository.class})
class BacklogTests {
    private static final UUID EXTENSION = UUID.randomUUID();
    private static final UUID HOST = UUID.randomUUID();

    @Autowired
    private OperationRepository operations;

    @Autowired
    private ActionRepository actions;

    @Autowired
    private BacklogRepository repository;

    @Autowired
    private JdbcClient jdbc;

    private final Hosts hosts = mock(Hosts.class);

    @BeforeEach
    void begin() {
        var now = NOW.atOffset(ZoneOffset.UTC);
        var cluster = UUID.randomUUID();
        jdbc.sql("INSERT INTO cluster (id, name, created_at) VALUES (?, 'c', ?)")
                .params(cluster, now)
                .update();
        jdbc.sql("INSERT INTO host (id, name, cluster_id, state, created_at) VALUES (?, 'h-1', ?, 'Up', ?)")
                .params(HOST, cluster, now)
                .update();
        when(hosts.names(any())).thenReturn(Map.of(HOST, "h-1"));
    }

    @Test
    void showsNothingWhenNothingIsUnderWay() {
        ended(running("status", HOST));

        assertThat(backlog(9, 9, 9).nodes()).isEmpty();
    }

    @Test
    void countsWhatWaitsAndRunsByNodeExtensionHostAndVerb() {
        waiting("status", HOST, NOW.plusSeconds(2));
        waiting("status", HOST, NOW.plusSeconds(1));
        running("status", HOST);
        running("stop", HOST);
        elsewhere(waiting("status", HOST, NOW));
        ended(running("status", HOST));

        var nodes = backlog(9, 9, 9).nodes();

        assertThat(nodes).extracting(NodeQueue::node).containsExactly("node-1", "node-2");
        var node = nodes.get(0);
        assertThat(node.waiting()).isEqualTo(2);
        assertThat(node.running()).isEqualTo(2);
        assertThat(node.oldest()).isEqualTo(NOW.plusSeconds(1));
        assertThat(node.groups())
                .containsExactly(
                        new QueueGroup(
                                EXTENSION,
                                "simulator",
                                HOST,
                                "h-1",
                                "status",
                                Priority.LOW,
                                2,
                                1,
                                NOW.plusSeconds(1),
                                "being dispatched"),
                        new QueueGroup(EXTENSION, "simulator", HOST, "h-1", "stop", Priority.HIGH, 0, 1, null, null));
        assertThat(nodes.get(1).oldest()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "status, 2, 9, 9, node limit 2 reached",
        "stop,   9, 2, 9, extension simulator has 2 of 2 running",
        "stop,   9, 9, 2, host h-1 has 2 of 2 running",
        "stop,   9, 9, 1, host h-1 has 2 of 1 running",
        "stop,   9, 9, 9, being dispatched"
    })
    void saysWhichLimitIsReached(String verb, int running, int perExtension, int perHost, String reason) {
        running("deploy", HOST);
        running("status", HOST);
        var backlog = backlog(running, perExtension, perHost);

        assertThat(reason(backlog, verb, HOST)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 9, 9, node limit 3 for low priority reached",
        "9, 4, 9, extension simulator has 3 of 3 of low priority running",
        "9, 9, 4, host h-1 has 3 of 3 of low priority running"
    })
    void saysWhenPollsHaveTheirShare(int running, int perExtension, int perHost, String reason) {
        for (int i = 0; i < 3; i++) {
            running("status", HOST);
        }
        var backlog = backlog(running, perExtension, perHost);

        assertThat(reason(backlog, "status", HOST)).isEqualTo(reason);
        assertThat(reason(backlog, "stop", HOST)).isEqualTo("being dispatched");
    }

    @Test
    void countsWhatRunsOnItsOwnNodeOnly() {
        elsewhere(running("stop", HOST));

        assertThat(reason(backlog(1, 1, 1), "stop", HOST)).isEqualTo("being dispatched");
    }

    @Test
    void namesAHostThatIsGoneByItsId() {
        var gone = UUID.randomUUID();
        running("stop", gone);

        assertThat(reason(backlog(9, 9, 1), "stop", gone)).isEqualTo("host " + gone + " has 1 of 1 running");
    }

    /** What a new action waits for, the same in the queue and said of it alone. */
    private String reason(Backlog backlog, String verb, UUID host) {
        var id = waiting(verb, host, NOW);
        var action = actions.find(id).orElseThrow();
        var alone = backlog.waitingFor(operations.find(action.operationId()).orElseThrow(), action);
        var shown = backlog.nodes().get(0).groups().stream()
                .filter(group -> group.verb().equals(verb))
                .map(QueueGroup::waitingFor);
        assertThat(shown).containsExactly(alone);
        return alone;
    }

    private UUID waiting(String verb, UUID host, Instant since) {
        var operation = UUID.randomUUID();
        var vm = OperationFixtures.vm(jdbc, ANN);
        operations.add(operation, vm, verb, ANN, since);
        var action = action(operation, vm, EXTENSION, host, since);
        actions.add(action, ANN, false);
        return action.id();
    }

    private UUID running(String verb, UUID host) {
        var id = waiting(verb, host, NOW);
        actions.start(actions.find(id).orElseThrow(), NOW);
        return id;
    }

    private void ended(UUID action) {
        actions.end(actions.find(action).orElseThrow(), OperationFixtures.succeeded(NOW, NOW));
    }

    private void elsewhere(UUID action) {
        jdbc.sql("UPDATE action SET node = 'node-2' WHERE id = ?").param(action).update();
    }

    private Backlog backlog(int running, int perExtension, int perHost) {
        return new Backlog(repository, new DispatchProperties(running, perExtension, perHost, 100), hosts);
    }
}
