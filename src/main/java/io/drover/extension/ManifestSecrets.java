package io.drover.extension;

import io.drover.inventory.DeclaredSecrets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the inventory which names of details manifests call secret. A name that any version of any manifest has called so is
 * secret for good: values that were given under it are still about.
 */
@Component
class ManifestSecrets implements DeclaredSecrets {
    private final JdbcClient jdbc;

    ManifestSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(
                jdbc.sql("SELECT name FROM secret_name").query(String.class).list());
    }

    /** Takes in what a manifest calls secret. */
    void remember(Collection<String> names) {
        var unknown = new HashSet<>(names);
        if (!unknown.isEmpty()) {
            unknown.removeAll(names());
        }
        for (var name : unknown) {
            jdbc.sql(
                            "INSERT INTO secret_name (name) SELECT name FROM (SELECT CAST(:name AS varchar(255)) AS name) AS given"
                                    + " WHERE NOT EXISTS (SELECT 1 FROM secret_name known WHERE known.name = given.name)")
                    .param("name", name)
                    .update();
        }
    }
}
