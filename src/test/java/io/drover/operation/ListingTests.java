package io.drover.operation;

import static io.drover.operation.OperationFixtures.ADMIN;
import static io.drover.operation.OperationFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.inventory.Reach;
import io.drover.page.PageReader;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which operations and actions are listed, for whom, and in which order. */
@JdbcTest
@Import({OperationRepository.class, ActionRepository.class, OperationList.class, PageReader.class, Reach.class})
class ListingTests {
    private static final OperationQuery ALL = OperationQuery.ALL;
    private static final ActionQuery ACTIONS = ActionQuery.ALL;
    private static final List<String> DOMAINS = List.of("/", "/a_b", "/a_b/c", "/axb", "/axb/c", "/a_b2", "/A_B/c");

    @Autowired
    private OperationRepository operations;

    @Autowired
    private ActionRepository actions;

    @Autowired
    private OperationList lists;

    @Autowired
    private JdbcClient jdbc;

    private final List<UUID> newestFirst = new ArrayList<>();

    /** One operation per domain, all of them requested at the same time, and one after them. */
    @BeforeEach
    void begin() {
        for (var domain : DOMAINS) {
            operation(domain, 0);
        }
        newestFirst.add(0, operation("/", 1));
        jdbc.sql("SELECT id FROM operation WHERE requested_at = ? ORDER BY id DESC")
                .param(NOW.atOffset(java.time.ZoneOffset.UTC))
                .query(UUID.class)
                .list()
                .forEach(newestFirst::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 1000})
    void pagesThroughEverythingOnceAlsoUnderEqualTimes(int limit) {
        List<UUID> seen = new ArrayList<>();
        List<UUID> seenActions = new ArrayList<>();
        @Nullable String next = null;
        do {
            var page = lists.operations(ALL, PageRequest.of(limit, next), ADMIN);
            page.items().forEach(operation -> seen.add(operation.id()));
            next = page.next();
        } while (next != null);
        do {
            var page = lists.actions(ACTIONS, PageRequest.of(limit, next), ADMIN);
            page.items().forEach(action -> seenActions.add(action.operationId()));
            next = page.next();
        } while (next != null);

        assertThat(seen).containsExactlyElementsOf(newestFirst);
        assertThat(seenActions).containsExactlyInAnyOrderElementsOf(newestFirst).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "ADMIN,/,/ / /a_b /a_b/c /axb /axb/c /a_b2 /A_B/c",
        "RESOURCE_ADMIN,/a_b,/ / /a_b /a_b/c /axb /axb/c /a_b2 /A_B/c",
        "DOMAIN_ADMIN,/,/ / /a_b /a_b/c /axb /axb/c /a_b2 /A_B/c",
        "DOMAIN_ADMIN,/a_b,/a_b /a_b/c",
        "DOMAIN_ADMIN,/axb/c,/axb/c",
        "DOMAIN_ADMIN,/none,",
        "USER,/a_b,"
    })
    void listsWhatTheActorReaches(RoleType role, String domain, @Nullable String domains) {
        var actor = new Actor(UUID.randomUUID(), "x", role, domain);
        var expected = domains == null ? new String[0] : domains.split(" ");

        var listed = lists.operations(ALL, PageRequest.of(null, null), actor).items();
        assertThat(listed).extracting(found -> found.requestedBy().domain()).containsExactlyInAnyOrder(expected);

        var query = ACTIONS;
        assertThat(lists.actions(query, PageRequest.of(null, null), actor).items())
                .extracting(Action::operationId)
                .containsExactlyInAnyOrderElementsOf(
                        listed.stream().map(Operation::id).toList());
    }

    @Test
    void listsAUsersOwn() {
        var first = operations.find(newestFirst.get(3)).orElseThrow();

        assertThat(lists.operations(ALL, PageRequest.of(null, null), first.requestedBy())
                        .items())
                .containsExactly(first);
    }

    @Test
    void listsWhatMatches() {
        var one = operations.find(newestFirst.get(2)).orElseThrow();
        operations.running(one.id(), NOW);

        assertThat(ids(of(Set.of(one.vmId()), Set.of(), Set.of(), null, null))).containsExactly(one.id());
        assertThat(ids(of(Set.of(), Set.of(), Set.of(OperationState.RUNNING), null, null)))
                .containsExactly(one.id());
        assertThat(ids(of(Set.of(), Set.of("deploy"), Set.of(), null, null))).hasSize(8);
        assertThat(ids(of(Set.of(), Set.of("stop"), Set.of(), null, null))).isEmpty();
        assertThat(ids(of(Set.of(), Set.of(), Set.of(), NOW, null))).hasSize(8);
        assertThat(ids(of(Set.of(), Set.of(), Set.of(), NOW.plusMillis(1), null)))
                .containsExactly(newestFirst.get(0));
        assertThat(ids(of(Set.of(), Set.of(), Set.of(), null, NOW))).isEmpty();
        assertThat(ids(of(Set.of(), Set.of(), Set.of(), null, NOW.plusMillis(1))))
                .hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z x",
                "yesterday 00000000-0000-0000-0000-000000000001",
                "+1000000000-01-01T00:00:00Z 00000000-0000-0000-0000-000000000001",
                "2026-01-01T00:00:00Z 00000000-0000-0000-0000-000000000001 x"
            })
    void refusesACursorThatNoListGave(String position) {
        assertThatThrownBy(() -> lists.operations(ALL, new PageRequest(10, position), ADMIN))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("?cursor");
    }

    private static OperationQuery of(
            Set<UUID> vms,
            Set<String> verbs,
            Set<OperationState> states,
            @Nullable Instant since,
            @Nullable Instant until) {
        return new OperationQuery(vms, verbs, states, Set.of(), Set.of(), Set.of(), since, until);
    }

    private List<UUID> ids(OperationQuery query) {
        return lists.operations(query, PageRequest.of(null, null), ADMIN).items().stream()
                .map(Operation::id)
                .toList();
    }

    private UUID operation(String domain, int secondsLater) {
        var id = UUID.randomUUID();
        var owner = new Actor(UUID.randomUUID(), "u" + id.toString().substring(0, 8), RoleType.USER, domain);
        var vm = OperationFixtures.vm(jdbc, owner);
        operations.add(id, vm, "deploy", owner, NOW.plusSeconds(secondsLater));
        actions.add(OperationFixtures.action(id, vm, UUID.randomUUID(), null, NOW), owner, false);
        return id;
    }
}
