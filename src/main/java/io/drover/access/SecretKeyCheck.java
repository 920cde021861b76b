package io.drover.access;

import io.drover.home.StartRefusedException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses to start with another key than the one that the database's secrets are sealed with. */
@Component
@DependsOnDatabaseInitialization
class SecretKeyCheck implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(SecretKeyCheck.class);
    private static final String SAMPLE = "drover";

    private final SecretBox box;
    private final JdbcClient jdbc;

    SecretKeyCheck(SecretBox box, JdbcClient jdbc) {
        this.box = box;
        this.jdbc = jdbc;
    }

    @Override
    public void afterPropertiesSet() {
        try {
            box.openUnnoticed(sample());
        } catch (IllegalStateException e) {
            throw new StartRefusedException(
                    "The key in " + box.keyFile() + " is not the one that the secrets in this database are sealed with",
                    "Put the key file of the server that used the database first in its place, or name it:"
                            + " --drover.secrets.key-file=FILE");
        }
    }

    private String sample() {
        if (stored().isEmpty()) {
            store();
        }
        return stored().orElseThrow();
    }

    private Optional<String> stored() {
        return jdbc.sql("SELECT sealed FROM secret_key_check")
                .query(String.class)
                .optional();
    }

    /** Of several servers that start on a new database at once, one is the first. */
    private void store() {
        try {
            jdbc.sql("INSERT INTO secret_key_check (id, sealed) VALUES (1, ?)")
                    .param(box.sealUnnoticed(SAMPLE))
                    .update();
        } catch (DuplicateKeyException e) {
            LOG.debug("Another server was first");
        }
    }
}
