package io.drover.operation.retention;

import io.drover.inventory.PostgresDatabase;
import org.springframework.test.context.ContextConfiguration;

/** The same on PostgreSQL. */
@ContextConfiguration(initializers = PostgresDatabase.class)
class RetentionPostgresIT extends RetentionTests {}
