package io.drover.operation.retention;

import io.drover.inventory.PostgresDatabase;
import org.junit.jupiter.api.Tag;
import org.springframework.test.context.ContextConfiguration;

/** The same on PostgreSQL. */
@ContextConfiguration(initializers = PostgresDatabase.class)
@Tag("matrix")
class RetentionPostgresIT extends RetentionTests {}
