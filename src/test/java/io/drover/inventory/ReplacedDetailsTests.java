package io.drover.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.problem.ProblemException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Details that many replace at once: one wins whole, whatever they belong to. */
@InventoryTest
class ReplacedDetailsTests {
    private static final int CALLERS = 8;
    private static final int ROUNDS = 6;

    private final Details details;
    private final Revisions revisions;
    private final InventoryFixtures fixtures;
    private final JdbcClient jdbc;

    ReplacedDetailsTests(Details details, Revisions revisions, InventoryFixtures fixtures, JdbcClient jdbc) {
        this.details = details;
        this.revisions = revisions;
        this.fixtures = fixtures;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void startAnew() {
        jdbc.sql("DELETE FROM resource_map").update();
        jdbc.sql("DELETE FROM custom_action").update();
        fixtures.reset();
    }

    @AfterEach
    void leaveNothingThatOthersStumbleOver() {
        jdbc.sql("DELETE FROM resource_map").update();
        jdbc.sql("DELETE FROM custom_action").update();
    }

    @ParameterizedTest
    @EnumSource(DetailOwner.class)
    void oneOfManyWinsWhole(DetailOwner type) throws Exception {
        var owner = owner(type);
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;
            var whole = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> wholeMap(number, caller))
                    .toList();

            var ended = InventoryFixtures.race(CALLERS, caller -> {
                details.replace(type, owner, new TreeMap<>(whole.get(caller)));
                return "done";
            });

            assertThat(ended).containsOnly("done");
            assertThat(details.of(type, owner)).isIn(whole);
        }
    }

    @Test
    void ofThoseWhoHaveSeenTheSameVersionOneChangesIt() throws Exception {
        var owner = owner(DetailOwner.TEMPLATE);
        Supplier<Revisions.Seen> seen = () -> new Revisions.Seen(DetailOwner.TEMPLATE, owner, "t");
        var version = revisions.of(seen.get());

        var ended = InventoryFixtures.race(
                CALLERS,
                caller -> revisions.change(version, seen, () -> {
                    details.replace(DetailOwner.TEMPLATE, owner, new TreeMap<>(wholeMap(0, caller)));
                    return "done";
                }));

        assertThat(ended).containsOnlyOnce("done").containsOnly("done", "precondition-failed");
        assertThat(revisions.of(seen.get())).isNotEqualTo(version);
    }

    @Test
    void aVersionIsAnotherForEachChangeAndTheSameWithoutOne() {
        var owner = owner(DetailOwner.HOST);
        var before = tag(owner, "h");
        assertThat(tag(owner, "h")).isEqualTo(before).matches("\"[0-9a-f]{32}\"");
        assertThat(tag(owner, "other")).isNotEqualTo(before);

        details.merge(DetailOwner.HOST, owner, Map.of("password", "one"));
        var changed = tag(owner, "h");
        details.merge(DetailOwner.HOST, owner, Map.of("password", "two"));

        assertThat(List.of(before, changed, tag(owner, "h"))).doesNotHaveDuplicates();
    }

    @Test
    void saysWhichVersionItIsOfNow() {
        var owner = owner(DetailOwner.HOST);
        Supplier<Revisions.Seen> seen = () -> new Revisions.Seen(DetailOwner.HOST, owner, "h");
        for (var any : List.of("*", "\"other\", " + tag(owner, "h"))) {
            assertThat(revisions.change(any, seen, () -> "done")).isEqualTo("done");
        }
        assertThat(revisions.change(null, seen, () -> "done")).isEqualTo("done");
        for (var old : List.of("\"other\"", "W/" + tag(owner, "h"), "")) {
            var refusal = catchThrowableOfType(ProblemException.class, () -> revisions.change(old, seen, () -> "done"));
            assertThat(refusal.kind()).isEqualTo(ProblemException.Kind.PRECONDITION_FAILED);
            assertThat(refusal.members()).containsEntry("etag", tag(owner, "h"));
        }
    }

    private String tag(UUID owner, String shown) {
        return revisions.of(new Revisions.Seen(DetailOwner.HOST, owner, shown));
    }

    private UUID owner(DetailOwner type) {
        return switch (type) {
            case EXTENSION -> fixtures.extension();
            case RESOURCE_MAP ->
                row("resource_map", Map.of("extension_id", fixtures.extension(), "cluster_id", id("cluster")));
            case CUSTOM_ACTION ->
                row(
                        "custom_action",
                        Map.of(
                                "extension_id",
                                fixtures.extension(),
                                "name",
                                "a",
                                "definition",
                                "{}",
                                "enabled",
                                true,
                                "enabled_by_hand",
                                false,
                                "from_manifest",
                                false));
            case VM, INSTANCE -> fixtures.vm("web", "demo").id();
            default -> id(type.table());
        };
    }

    private UUID id(String table) {
        return jdbc.sql("SELECT id FROM " + table).query(UUID.class).single();
    }

    private UUID row(String table, Map<String, Object> columns) {
        Map<String, Object> all = new TreeMap<>(columns);
        all.put("id", UUID.randomUUID());
        all.put("created_at", OffsetDateTime.ofInstant(InventorySlice.NOW, ZoneOffset.UTC));
        var holes = all.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
        jdbc.sql("INSERT INTO " + table + " (" + String.join(", ", all.keySet()) + ") VALUES (" + holes + ")")
                .params(all)
                .update();
        return (UUID) all.get("id");
    }

    /** Some names that all callers give and some that only this one gives. */
    private static Map<String, String> wholeMap(int round, int caller) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            values.put("all-" + i, round + " " + caller);
            values.put("own-" + caller + "-" + i, round + " " + caller);
        }
        return values;
    }
}
