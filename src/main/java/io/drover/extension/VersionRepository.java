package io.drover.extension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.SecretBox;
import io.drover.extension.files.FileListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class VersionRepository {
    private static final int PART = 512 * 1024;
    private static final String ADD = """
            INSERT INTO extension_version (extension_id, digest, version, files, bytes, manifest, listing, created_by, created_at,
                staged)
            VALUES (:extension, :digest, :version, :files, :bytes, :manifest, :listing, :createdBy, :createdAt, :staged)
            """;
    private static final String ADD_PART = """
            INSERT INTO extension_version_part (extension_id, digest, num, content, sealed)
            VALUES (:extension, :digest, :num, :content, TRUE)
            """;
    private static final String LIST = """
            SELECT * FROM extension_version WHERE extension_id = :extension ORDER BY created_at DESC, digest
            """;
    private static final String FIND = """
            SELECT * FROM extension_version WHERE extension_id = :extension AND digest = :digest
            """;
    private static final String PART_OF = """
            SELECT content, sealed FROM extension_version_part
            WHERE extension_id = :extension AND digest = :digest AND num = :num
            """;
    private static final String SEAL_MANIFEST = """
            UPDATE extension_version SET manifest = :manifest
            WHERE extension_id = :extension AND digest = :digest AND manifest LIKE '%"default":"%'
            """;
    private static final String DELETE = """
            DELETE FROM extension_version WHERE extension_id = :extension AND digest = :digest
            """;

    private final JdbcClient jdbc;
    private final ExtensionRepository extensions;
    private final SecretBox box;
    private final ObjectMapper json;

    VersionRepository(JdbcClient jdbc, ExtensionRepository extensions, SecretBox box, ObjectMapper json) {
        this.box = box;
        this.jdbc = jdbc;
        this.extensions = extensions;
        this.json = json;
    }

    /** Stores a version with its archive, which is read part by part and sealed, since its files may have secrets. */
    void add(ExtensionVersion version, Path archive) throws IOException {
        jdbc.sql(ADD)
                .param("extension", version.extensionId())
                .param("digest", version.digest())
                .param("version", version.manifest().version())
                .param("files", version.files())
                .param("bytes", version.bytes())
                .param("manifest", extensions.write(version.manifest()))
                .param("listing", write(version.listing()))
                .param("createdBy", version.createdBy())
                .param("createdAt", version.createdAt().atOffset(ZoneOffset.UTC))
                .param("staged", version.staged())
                .update();
        try (var in = Files.newInputStream(archive)) {
            int num = 0;
            for (var part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                jdbc.sql(ADD_PART)
                        .param("extension", version.extensionId())
                        .param("digest", version.digest())
                        .param("num", num++)
                        .param("content", box.sealBytes(part))
                        .update();
            }
        }
    }

    /** The newest first. */
    List<ExtensionVersion> list(UUID extension) {
        return jdbc.sql(LIST)
                .param("extension", extension)
                .query(this::toVersion)
                .list();
    }

    Optional<ExtensionVersion> find(UUID extension, String digest) {
        return jdbc.sql(FIND)
                .param("extension", extension)
                .param("digest", digest)
                .query(this::toVersion)
                .optional();
    }

    /** Writes the archive of a version to a new file. */
    void saveArchive(UUID extension, String digest, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            int num = 0;
            for (var part = part(extension, digest, num); part.isPresent(); part = part(extension, digest, num)) {
                out.write(part.get());
                num++;
            }
        }
    }

    /** Makes it a version that the extension has run. */
    void markActivated(UUID extension, String digest) {
        jdbc.sql("UPDATE extension_version SET staged = FALSE WHERE extension_id = :extension AND digest = :digest")
                .param("extension", extension)
                .param("digest", digest)
                .update();
    }

    /** Writes manifests anew whose secret defaults are in the open; tells what all of them call secret. */
    Set<String> sealManifests(UUID extension) {
        Set<String> names = new HashSet<>();
        for (var version : list(extension)) {
            names.addAll(version.manifest().secretDetails());
            jdbc.sql(SEAL_MANIFEST)
                    .param("manifest", extensions.write(version.manifest()))
                    .param("extension", extension)
                    .param("digest", version.digest())
                    .update();
        }
        return names;
    }

    private byte[] content(ResultSet row) throws SQLException {
        var content = row.getBytes("content");
        return row.getBoolean("sealed") ? box.openBytes(content) : content;
    }

    void delete(UUID extension, String digest) {
        jdbc.sql(DELETE).param("extension", extension).param("digest", digest).update();
    }

    String write(FileListing listing) {
        try {
            return json.writeValueAsString(listing);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A listing of files cannot be written", e);
        }
    }

    FileListing read(String listing) {
        try {
            return json.readValue(listing, FileListing.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored listing of files cannot be read", e);
        }
    }

    private Optional<byte[]> part(UUID extension, String digest, int num) {
        return jdbc.sql(PART_OF)
                .param("extension", extension)
                .param("digest", digest)
                .param("num", num)
                .query((row, number) -> content(row))
                .optional();
    }

    private ExtensionVersion toVersion(ResultSet row, int number) throws SQLException {
        return new ExtensionVersion(
                row.getObject("extension_id", UUID.class),
                row.getString("digest"),
                row.getInt("files"),
                row.getLong("bytes"),
                extensions.read(row.getString("manifest")),
                read(row.getString("listing")),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("staged"));
    }
}
