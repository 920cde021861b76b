package io.drover.extension;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** On which hosts which version is tried out. */
@Repository
class CanaryRepository implements VersionsInUse {
    private final JdbcClient jdbc;

    CanaryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The digest of what is tried out on a host; empty when it runs what all others do. */
    Optional<String> on(UUID host, UUID extension) {
        return jdbc.sql("SELECT digest FROM extension_canary WHERE extension_id = :extension AND host_id = :host")
                .param("extension", extension)
                .param("host", host)
                .query(String.class)
                .optional();
    }

    /** The digests of what is tried out, by host. */
    Map<UUID, String> of(UUID extension) {
        Map<UUID, String> digests = new HashMap<>();
        jdbc.sql("SELECT host_id, digest FROM extension_canary WHERE extension_id = :extension")
                .param("extension", extension)
                .query(row -> {
                    digests.put(row.getObject(1, UUID.class), row.getString(2));
                });
        return digests;
    }

    void set(UUID extension, UUID host, String digest) {
        end(extension, host);
        jdbc.sql("INSERT INTO extension_canary (extension_id, host_id, digest) VALUES (:extension, :host, :digest)")
                .param("extension", extension)
                .param("host", host)
                .param("digest", digest)
                .update();
    }

    /** The host runs what all others do. */
    void end(UUID extension, UUID host) {
        jdbc.sql("DELETE FROM extension_canary WHERE extension_id = :extension AND host_id = :host")
                .param("extension", extension)
                .param("host", host)
                .update();
    }

    /** All hosts run the same. */
    void endAll(UUID extension) {
        jdbc.sql("DELETE FROM extension_canary WHERE extension_id = :extension")
                .param("extension", extension)
                .update();
    }

    @Override
    public Set<String> digests() {
        return Set.copyOf(jdbc.sql("SELECT DISTINCT digest FROM extension_canary")
                .query(String.class)
                .list());
    }

    @Override
    public String why(String digest) {
        return "Version " + digest + " is tried out on hosts; end that first";
    }
}
