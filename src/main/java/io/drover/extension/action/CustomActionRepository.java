package io.drover.extension.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class CustomActionRepository {
    private static final String ADD = """
            INSERT INTO custom_action (id, extension_id, name, definition, enabled, enabled_by_hand, from_manifest, created_at)
            VALUES (:id, :extension, :name, :definition, :enabled, :byHand, :fromManifest, :now)
            """;
    private static final String UPDATE = """
            UPDATE custom_action SET definition = :definition, enabled = :enabled, enabled_by_hand = :byHand WHERE id = :id
            """;
    private static final String PAGE = """
            SELECT * FROM custom_action WHERE extension_id = :extension AND name > :after
              AND (enabled = :enabled OR CAST(:enabled AS BOOLEAN) IS NULL)
            ORDER BY name LIMIT :limit
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CustomActionRepository(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(CustomAction action) {
        jdbc.sql(ADD)
                .param("id", action.id())
                .param("extension", action.extensionId())
                .param("name", action.name())
                .param("definition", text(action.definition()))
                .param("enabled", action.enabled())
                .param("byHand", action.enabledByHand())
                .param("fromManifest", action.fromManifest())
                .param("now", action.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void update(CustomAction action) {
        jdbc.sql(UPDATE)
                .param("definition", text(action.definition()))
                .param("enabled", action.enabled())
                .param("byHand", action.enabledByHand())
                .param("id", action.id())
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("DELETE FROM custom_action WHERE id = :id").param("id", id).update();
    }

    Optional<CustomAction> byId(UUID extension, UUID id) {
        return jdbc.sql("SELECT * FROM custom_action WHERE extension_id = :extension AND id = :id")
                .param("extension", extension)
                .param("id", id)
                .query(this::toAction)
                .optional();
    }

    Optional<CustomAction> byName(UUID extension, String name) {
        return jdbc.sql("SELECT * FROM custom_action WHERE extension_id = :extension AND name = :name")
                .param("extension", extension)
                .param("name", name)
                .query(this::toAction)
                .optional();
    }

    List<CustomAction> ofExtension(UUID extension) {
        return jdbc.sql("SELECT * FROM custom_action WHERE extension_id = :extension ORDER BY name")
                .param("extension", extension)
                .query(this::toAction)
                .list();
    }

    /** @param enabled only those that are, or are not; null for all */
    Page<CustomAction> page(UUID extension, @Nullable Boolean enabled, PageRequest page) {
        var rows = jdbc.sql(PAGE)
                .param("extension", extension)
                .param("after", page.after() == null ? "" : page.after())
                .param("enabled", enabled)
                .param("limit", page.limit() + 1)
                .query(this::toAction)
                .list();
        return Page.of(rows, page.limit(), CustomAction::name);
    }

    private CustomAction toAction(ResultSet row, int number) throws SQLException {
        return new CustomAction(
                row.getObject("id", UUID.class),
                row.getObject("extension_id", UUID.class),
                definition(row.getString("definition")).enabled(row.getBoolean("enabled")),
                row.getBoolean("enabled_by_hand"),
                row.getBoolean("from_manifest"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private String text(ActionDefinition definition) {
        try {
            return json.writeValueAsString(definition.withoutDetails());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ActionDefinition definition(String text) {
        try {
            return json.readValue(text, ActionDefinition.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
