package io.drover.extension;

import java.util.List;
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

    /** The hosts that a version is tried out on. */
    List<UUID> hosts(UUID extension, String digest) {
        return jdbc.sql("SELECT host_id FROM extension_canary WHERE extension_id = :extension AND digest = :digest")
                .param("extension", extension)
                .param("digest", digest)
                .query(UUID.class)
                .list();
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

    /** @return how many hosts have run something else */
    int endAll(UUID extension) {
        return jdbc.sql("DELETE FROM extension_canary WHERE extension_id = :extension")
                .param("extension", extension)
                .update();
    }

    @Override
    public Set<String> digests() {
        return Set.copyOf(jdbc.sql("SELECT DISTINCT digest FROM extension_canary")
                .query(String.class)
                .list());
    }
}
