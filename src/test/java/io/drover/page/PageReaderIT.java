package io.drover.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** However often a list is asked for: PostgreSQL reads few rows for what is rare. */
class PageReaderIT {
    private static final int ROWS = 50_000;
    private static final int RARE = 3;

    /** After ten PostgreSQL has a plan of its own for a statement that the driver keeps. */
    private static final int OFTEN = 20;

    private EmbeddedPostgres postgres;
    private SingleConnectionDataSource database;
    private JdbcClient jdbc;

    @BeforeEach
    void fill() throws IOException {
        postgres = EmbeddedPostgres.start();
        database = new SingleConnectionDataSource(postgres.getJdbcUrl("postgres", "postgres"), true);
        jdbc = JdbcClient.create(database);
        execute("CREATE TABLE thing (id UUID PRIMARY KEY, state VARCHAR(20), at TIMESTAMP WITH TIME ZONE)");
        execute("INSERT INTO thing SELECT gen_random_uuid(), CASE WHEN x <= " + RARE
                + " THEN 'rare' WHEN x % 3 = 0 THEN 'common' ELSE 'usual' END, now() + x * INTERVAL '1' SECOND FROM generate_series(1, "
                + ROWS + ") AS numbers (x)");
        execute("CREATE INDEX thing_at ON thing (at, id)");
        execute("CREATE INDEX thing_state ON thing (state, at)");
        execute("ANALYZE");
    }

    @AfterEach
    void stop() throws IOException {
        database.destroy();
        postgres.close();
    }

    @Test
    void whatIsRareIsFoundByItsIndexHoweverOftenItIsAskedFor() {
        readOften(new PageReader(database));
        assertThat(readByIndexOfTime()).isLessThan(ROWS);
    }

    @Test
    void andIsNotByAPlanForWhatIsOfAverageFrequency() {
        readOften(new PageReader(jdbc));
        assertThat(readByIndexOfTime()).isGreaterThanOrEqualTo(ROWS);
    }

    private static void readOften(PageReader pages) {
        for (int i = 0; i < OFTEN; i++) {
            assertThat(read(pages)).hasSize(RARE);
        }
    }

    private static List<UUID> read(PageReader pages) {
        var list = new Listing(Order.ofIds("thing", "at")).along(Path.Step.of("state", List.of("rare")));
        return pages.read(
                        list,
                        new PageRequest(10, null),
                        (row, number) -> row.getObject("id", UUID.class),
                        UUID::toString)
                .items();
    }

    private long readByIndexOfTime() {
        jdbc.sql("SELECT pg_stat_force_next_flush()").query().listOfRows();
        jdbc.sql("SELECT pg_stat_clear_snapshot()").query().listOfRows();
        return jdbc.sql("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'thing_at'")
                .query(Long.class)
                .single();
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }
}
