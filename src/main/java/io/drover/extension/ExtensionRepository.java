package io.drover.extension;

import io.drover.extension.manifest.ExtensionManifest;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ExtensionRepository {
    private static final String ADD = """
            INSERT INTO extension (id, name, description, type, directory, path, enabled, user_defined, manifest, created_at)
            VALUES (:id, :name, :description, :type, :directory, :path, :enabled, :userDefined, :manifest, :createdAt)
            """;

    private static final String TAKE_OVER = """
            UPDATE extension
            SET description = :description, type = :type, directory = :directory, path = :path, manifest = :manifest
            WHERE id = :id
            """;

    /** All but the listing of files, which can be long. */
    private static final String COLUMNS = """
            SELECT id, name, description, type, directory, path, enabled, user_defined, manifest, managed, digest, rollout,
                   created_at
            """;

    private static final String PAGE = COLUMNS + "FROM extension WHERE name > :after ORDER BY name LIMIT :limit";

    private static final String TEMPLATES = "SELECT name FROM template WHERE extension_id = :id ORDER BY name LIMIT 20";

    private final JdbcClient jdbc;
    private final ExtensionFolders folders;
    private final ManifestText manifests;
    private final ManifestSecrets secrets;

    ExtensionRepository(JdbcClient jdbc, ExtensionFolders folders, ManifestText manifests, ManifestSecrets secrets) {
        this.jdbc = jdbc;
        this.folders = folders;
        this.manifests = manifests;
        this.secrets = secrets;
    }

    void add(Extension extension) {
        secrets.remember(extension.manifest().secretDetails());
        jdbc.sql(ADD)
                .param("id", extension.id())
                .param("name", extension.name())
                .param("description", extension.description())
                .param("type", extension.manifest().type())
                .param("directory", extension.directory().toString())
                .param("path", extension.path())
                .param("enabled", extension.enabled())
                .param("userDefined", extension.userDefined())
                .param("manifest", write(extension.manifest()))
                .param("createdAt", extension.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Writes what a manifest says: everything but the name, the state and the origin. */
    void takeOver(Extension extension) {
        secrets.remember(extension.manifest().secretDetails());
        jdbc.sql(TAKE_OVER)
                .param("id", extension.id())
                .param("description", extension.description())
                .param("type", extension.manifest().type())
                .param("directory", extension.directory().toString())
                .param("path", extension.path())
                .param("manifest", write(extension.manifest()))
                .update();
    }

    /** Writes the manifest anew if its secret defaults are in the open. */
    void sealManifest(Extension extension) {
        jdbc.sql("UPDATE extension SET manifest = :manifest WHERE id = :id AND manifest LIKE '%\"default\":\"%'")
                .param("manifest", manifests.write(extension.manifest()))
                .param("id", extension.id())
                .update();
    }

    void describe(UUID id, String description) {
        jdbc.sql("UPDATE extension SET description = :description WHERE id = :id")
                .param("description", description)
                .param("id", id)
                .update();
    }

    /** Lets the extension run the version with this digest. */
    void run(UUID id, String digest, String listing) {
        jdbc.sql("UPDATE extension SET managed = TRUE, digest = :digest, listing = :listing WHERE id = :id")
                .param("digest", digest)
                .param("listing", listing)
                .param("id", id)
                .update();
    }

    /** Tells every node to unpack the version anew. */
    void rollOut(UUID id) {
        jdbc.sql("UPDATE extension SET rollout = rollout + 1 WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Whether this changed it. */
    boolean enable(UUID id, boolean enabled) {
        return jdbc.sql("UPDATE extension SET enabled = :enabled WHERE id = :id AND enabled <> :enabled")
                        .param("enabled", enabled)
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean delete(UUID id) {
        return jdbc.sql("DELETE FROM extension WHERE id = :id").param("id", id).update() == 1;
    }

    Optional<Extension> byId(UUID id) {
        return jdbc.sql(COLUMNS + "FROM extension WHERE id = :id")
                .param("id", id)
                .query(this::toExtension)
                .optional();
    }

    /** The one that a template is for. */
    Optional<Extension> ofTemplate(UUID template) {
        return jdbc.sql("SELECT extension_id FROM template WHERE id = :id AND extension_id IS NOT NULL")
                .param("id", template)
                .query(UUID.class)
                .optional()
                .flatMap(this::byId);
    }

    Optional<Extension> byName(String name) {
        return jdbc.sql(COLUMNS + "FROM extension WHERE name = :name")
                .param("name", name)
                .query(this::toExtension)
                .optional();
    }

    /** The one whose files are in this folder on this node. */
    Optional<Extension> byDirectory(Path directory) {
        return all().stream()
                .filter(extension -> extension.directory().equals(directory))
                .findFirst();
    }

    List<Extension> all() {
        return jdbc.sql(COLUMNS + "FROM extension ORDER BY name")
                .query(this::toExtension)
                .list();
    }

    Page<Extension> page(PageRequest page) {
        var rows = jdbc.sql(PAGE)
                .param("after", page.after() == null ? "" : page.after())
                .param("limit", page.limit() + 1)
                .query(this::toExtension)
                .list();
        return Page.of(rows, page.limit(), Extension::name);
    }

    /** The names of the first templates that refer to it. */
    List<String> templates(UUID id) {
        return jdbc.sql(TEMPLATES).param("id", id).query(String.class).list();
    }

    private Extension toExtension(ResultSet row, int number) throws SQLException {
        boolean managed = row.getBoolean("managed");
        var digest = row.getString("digest");
        var directory = folders.of(row.getString("directory"), managed ? digest : null);
        return new Extension(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("description"),
                directory,
                directory.resolve(row.getString("path")),
                row.getBoolean("enabled"),
                row.getBoolean("user_defined"),
                read(row.getString("manifest")),
                managed,
                digest,
                row.getLong("rollout"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    String write(ExtensionManifest manifest) {
        return manifests.write(manifest);
    }

    ExtensionManifest read(String manifest) {
        return manifests.read(manifest);
    }
}
