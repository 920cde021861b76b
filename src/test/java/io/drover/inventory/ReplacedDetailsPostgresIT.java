package io.drover.inventory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = PostgresDatabase.class)
class ReplacedDetailsPostgresIT extends ReplacedDetailsTests {
    ReplacedDetailsPostgresIT(Details details, Revisions revisions, InventoryFixtures fixtures, JdbcClient jdbc) {
        super(details, revisions, fixtures, jdbc);
    }
}
