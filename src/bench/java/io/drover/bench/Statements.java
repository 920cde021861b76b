package io.drover.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What H2 was asked to do for one operation, statement by statement. */
final class Statements {
    private final JdbcClient jdbc;

    Statements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void run(PrintStream out, Contender contender) throws Exception {
        jdbc.sql("SET QUERY_STATISTICS TRUE").update();
        jdbc.sql("SET QUERY_STATISTICS_MAX_ENTRIES 1000").update();
        int calls = 200;
        for (int call = 0; call < calls; call++) {
            contender.call(0);
        }
        out.println("| statements per operation | mean ms each | rows | SQL |");
        out.println("| --- | --- | --- | --- |");
        jdbc
                .sql("SELECT sql_statement, execution_count, average_execution_time, average_row_count"
                        + " FROM information_schema.query_statistics")
                .query((row, number) -> new Statement(
                        row.getString(1).replaceAll("\\s+", " "),
                        row.getDouble(2) / calls,
                        row.getDouble(3),
                        row.getDouble(4)))
                .stream()
                .filter(statement -> statement.count() > 0.01)
                .sorted((a, b) -> Double.compare(b.count() * b.millis(), a.count() * a.millis()))
                .forEach(statement -> out.printf(
                        Locale.ROOT,
                        "| %.2f | %.3f | %.1f | %s |%n",
                        statement.count(),
                        statement.millis(),
                        statement.rows(),
                        statement.sql()));
        jdbc.sql("SET QUERY_STATISTICS FALSE").update();
    }

    private record Statement(String sql, double count, double millis, double rows) {}
}
