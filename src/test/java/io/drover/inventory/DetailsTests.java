package io.drover.inventory;

import static io.drover.inventory.InventoryFixtures.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.problem.Violation;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@InventoryTest
class DetailsTests {
    private static final DetailOwner TYPE = DetailOwner.EXTENSION;

    private final Details details;
    private final InventoryFixtures fixtures;
    private final JdbcClient jdbc;
    private final UUID owner = UUID.randomUUID();

    DetailsTests(Details details, InventoryFixtures fixtures, JdbcClient jdbc) {
        this.details = details;
        this.fixtures = fixtures;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void reset() {
        fixtures.reset();
    }

    @Test
    void sealsSecretsAndMasksThem() {
        details.replace(TYPE, owner, Map.of("password", "pw", "pin", "1234", "url", "https://x"), Set.of("pin"));

        assertThat(details.of(TYPE, owner))
                .containsExactly(Map.entry("password", "pw"), Map.entry("pin", "1234"), Map.entry("url", "https://x"));
        assertThat(details.masked(TYPE, owner))
                .containsExactly(
                        Map.entry("password", "******"), Map.entry("pin", "******"), Map.entry("url", "https://x"));
        assertThat(jdbc.sql("SELECT val FROM detail WHERE secret")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("sealed:wp", "sealed:4321");
    }

    @Test
    void keepsASecretThatComesBackMasked() {
        details.replace(TYPE, owner, Map.of("password", "pw", "pin", "1234", "url", "x"), Set.of("pin"));

        details.replace(TYPE, owner, Map.of("password", "******", "pin", "******"));

        assertThat(details.of(TYPE, owner)).isEqualTo(Map.of("password", "pw", "pin", "1234"));
    }

    @Test
    void refusesTheMaskForANewSecret() {
        assertThat(refusal(() -> details.replace(TYPE, owner, Map.of("password", "******")))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/details/password");
    }

    @Test
    void mergesAndRemoves() {
        details.replace(TYPE, owner, Map.of("a", "1", "b", "2"));

        details.merge(TYPE, owner, changes("a", null, "c", "3"));

        assertThat(details.of(TYPE, owner)).isEqualTo(Map.of("b", "2", "c", "3"));
        details.remove(TYPE, owner);
        assertThat(details.of(TYPE, owner)).isEmpty();
    }

    @Test
    void readsManyOwnersAtOnce() {
        var other = UUID.randomUUID();
        details.replace(TYPE, owner, Map.of("a", "1"));
        details.replace(TYPE, other, Map.of("token", "2"));
        details.replace(DetailOwner.HOST, owner, Map.of("z", "9"));

        assertThat(details.masked(TYPE, List.of(owner, other, UUID.randomUUID())))
                .isEqualTo(Map.of(owner, Map.of("a", "1"), other, Map.of("token", "******")));
        assertThat(details.of(TYPE, List.of())).isEmpty();
    }

    @Test
    void refusesNamesAndValuesThatAreNotAllowed() {
        for (var name : List.of("", "a\nb", "tab\t", "x".repeat(256), "\u0000", "\u202e")) {
            assertThat(refusal(() -> details.merge(TYPE, owner, Map.of(name, "v")))
                            .violations())
                    .hasSize(1);
        }
        for (var value : List.of("x".repeat(65_537), "nul\u0000", "\ud800")) {
            assertThat(refusal(() -> details.merge(TYPE, owner, Map.of("n", value)))
                            .violations())
                    .hasSize(1);
        }
        details.merge(TYPE, owner, Map.of("x".repeat(255), "x".repeat(65_536), "größe in mm", "a\nb"));
        assertThat(details.of(TYPE, owner)).hasSize(2);
    }

    @Test
    void refusesMoreThanFiveHundred() {
        Map<String, @Nullable String> many = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            many.put("n" + i, "v");
        }
        details.replace(TYPE, owner, many);

        assertThat(refusal(() -> details.merge(TYPE, owner, Map.of("one", "more"))))
                .hasMessageContaining("500");
        details.merge(TYPE, owner, changes("n0", null, "one", "more"));
        details.replace(TYPE, owner, many);
        assertThat(details.of(TYPE, owner)).hasSize(500);
    }

    @Test
    void neverRepeatsASecretInARefusal() {
        var refusal = refusal(() -> details.merge(TYPE, owner, Map.of("password", "hidden\u0000")));

        assertThat(refusal.violations())
                .extracting(Violation::value)
                .containsExactlyElementsOf(Collections.singletonList(null));
        assertThat(refusal).hasMessageNotContaining("hidden");
    }

    private static Map<String, @Nullable String> changes(
            String removed, @Nullable String none, String name, String value) {
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put(removed, none);
        changes.put(name, value);
        return changes;
    }
}
