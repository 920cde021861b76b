package io.drover.page;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads pages. PostgreSQL plans each statement anew, for the values that are asked for: the plan that it keeps of a statement which it has had
 * ten times is for values of average frequency, and reads the whole table for a rare one.
 */
@Component
public class PageReader {
    private final JdbcClient jdbc;

    @Autowired
    PageReader(DataSource database) {
        this(JdbcClient.create(new PlannedAnew(database)));
    }

    /** @param jdbc what asks the database */
    PageReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The page of the list that is asked for.
     *
     * @param position where a row is, made by {@link Order#position}
     */
    public <T> Page<T> read(Listing list, PageRequest page, RowMapper<T> mapper, Function<T, String> position) {
        return list.page(jdbc, page, mapper, position);
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    private static final class PlannedAnew extends JdbcTemplate {
        PlannedAnew(DataSource database) {
            super(database);
        }

        @Override
        protected void applyStatementSettings(Statement statement) throws SQLException {
            super.applyStatementSettings(statement);
            if (statement.isWrapperFor(PGStatement.class)) {
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            }
        }
    }
}
