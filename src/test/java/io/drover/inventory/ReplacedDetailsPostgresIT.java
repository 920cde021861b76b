package io.drover.inventory;

import org.junit.jupiter.api.Tag;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@Tag("matrix")
@ContextConfiguration(initializers = PostgresDatabase.class)
class ReplacedDetailsPostgresIT extends ReplacedDetailsTests {
    ReplacedDetailsPostgresIT(Details details, Revisions revisions, InventoryFixtures fixtures, JdbcClient jdbc) {
        super(details, revisions, fixtures, jdbc);
    }
}
