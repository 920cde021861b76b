package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.RoleType;
import io.drover.extension.RescanReport.Change;
import io.drover.extension.action.CustomAction;
import io.drover.extension.action.CustomActions;
import io.drover.inventory.DetailOwner;
import io.drover.page.PageRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CustomActionRegistryTests extends RegistryTests {
    private static final String ONE =
            "manifestVersion: 1\ncustomActions: [{name: a, timeout: 5, details: {k: v}}, {name: b}]";

    @Autowired
    CustomActions actions;

    @Test
    void comeWithTheManifestAndFollowIt() throws IOException {
        manifest(last(), "one", ONE);
        extensions.rescan(ADMIN);
        assertThat(names()).containsExactly("a", "b");
        assertThat(details.of(DetailOwner.CUSTOM_ACTION, get("a").id())).isEqualTo(Map.of("k", "v"));
        assertThat(extensions.rescan(ADMIN).changes()).isEmpty();

        manifest(last(), "one", "manifestVersion: 1\ncustomActions: [{name: a, timeout: 6}, {name: c}]");

        assertThat(extensions.rescan(ADMIN).changes()).containsExactly(new Change("one", "updated"));
        assertThat(names()).containsExactly("a", "c");
        assertThat(get("a").definition().timeoutSeconds()).isEqualTo(6);
        assertThat(details.of(DetailOwner.CUSTOM_ACTION, get("a").id())).isEmpty();
        assertThat(historyOfDefinitions())
                .containsExactly(
                        "extension.registered",
                        "custom-action.created",
                        "custom-action.created",
                        "custom-action.updated",
                        "custom-action.created",
                        "custom-action.deleted");
    }

    @Test
    void stayAsAPersonHasSetThem() throws IOException {
        manifest(last(), "one", ONE);
        extensions.rescan(ADMIN);
        actions.update(extensions.get("one"), "a", json("{\"enabled\": false}"), RESOURCE_ADMIN);

        manifest(last(), "one", ONE.replace("timeout: 5", "timeout: 7, enabled: true"));
        extensions.rescan(ADMIN);

        assertThat(get("a").enabled()).isFalse();
        assertThat(get("a").definition().timeoutSeconds()).isEqualTo(7);
    }

    @Test
    void ofAPersonStayAndClashAloud() throws IOException {
        manifest(last(), "one", "manifestVersion: 1");
        extensions.rescan(ADMIN);
        actions.create(extensions.get("one"), json("{\"name\": \"a\", \"timeout\": 9}"), ADMIN);
        actions.create(extensions.get("one"), json("{\"name\": \"mine\"}"), ADMIN);

        manifest(last(), "one", ONE);
        var report = extensions.rescan(ADMIN);

        assertThat(report.problems()).singleElement().satisfies(trouble -> assertThat(trouble.reason())
                .contains("'a' is not taken over"));
        assertThat(names()).containsExactly("a", "b", "mine");
        assertThat(get("a").definition().timeoutSeconds()).isEqualTo(9);
        assertThat(get("a").fromManifest()).isFalse();
    }

    @Test
    void goWithTheirExtension() throws IOException {
        manifest(last(), "one", ONE);
        extensions.rescan(ADMIN);

        extensions.delete("one", false, ADMIN);

        assertThat(jdbc.sql("SELECT COUNT(*) FROM custom_action")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void areListedInPagesAndByWhetherTheyAreEnabled() throws IOException {
        manifest(last(), "one", "manifestVersion: 1\ncustomActions: [{name: a}, {name: b, enabled: false}, {name: c}]");
        extensions.rescan(ADMIN);
        var one = extensions.get("one");

        var first = actions.list(one, null, PageRequest.of(2, null));
        assertThat(first.items()).extracting(CustomAction::name).containsExactly("a", "b");
        assertThat(actions.list(one, null, PageRequest.of(2, first.next())).items())
                .extracting(CustomAction::name)
                .containsExactly("c");
        assertThat(actions.list(one, true, PageRequest.of(9, null)).items())
                .extracting(CustomAction::name)
                .containsExactly("a", "c");
        assertThat(actions.list(one, false, PageRequest.of(9, null)).items())
                .extracting(CustomAction::name)
                .containsExactly("b");
    }

    @Test
    void areRunByWhomTheyAreFor() throws IOException {
        manifest(last(), "one", """
                manifestVersion: 1
                customActions: [{name: a}, {name: b, allowedRoleTypes: [User]}, {name: c, enabled: false}]
                """);
        extensions.rescan(ADMIN);
        var id = extensions.get("one").id();

        assertThat(actions.runnable(id, RoleType.ADMIN))
                .extracting(CustomAction::name)
                .containsExactly("a", "b");
        assertThat(actions.runnable(id, RoleType.USER))
                .extracting(CustomAction::name)
                .containsExactly("b");
        assertThat(actions.runnable(id, RoleType.DOMAIN_ADMIN)).isEmpty();
    }

    @Test
    void areEnabledByAdminsAlone() throws IOException {
        manifest(last(), "one", "manifestVersion: 1\ncustomActions: [{name: a, enabled: false}]");
        extensions.rescan(ADMIN);
        var one = extensions.get("one");

        assertThatThrownBy(() -> actions.update(one, "a", json("{\"enabled\": true}"), RESOURCE_ADMIN))
                .hasMessageContaining("Only an Admin");
        assertThat(actions.update(one, "a", json("{\"enabled\": true}"), ADMIN).enabled())
                .isTrue();
    }

    @Test
    void areFoundByNameAndId() throws IOException {
        manifest(last(), "one", "manifestVersion: 1\ncustomActions: [{name: Take Snapshot}]");
        extensions.rescan(ADMIN);
        var one = extensions.get("one");
        var found = actions.get(one, "Take Snapshot");

        assertThat(actions.get(one, found.id().toString())).isEqualTo(found);
        assertThatThrownBy(() -> actions.get(one, "take snapshot"))
                .hasMessage("Extension 'one' has no custom action 'take snapshot'");
    }

    private CustomAction get(String name) {
        return actions.get(extensions.get("one"), name);
    }

    private List<String> names() {
        return actions.list(extensions.get("one"), null, PageRequest.of(100, null)).items().stream()
                .map(CustomAction::name)
                .toList();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
