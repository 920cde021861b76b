package io.drover.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanInitializationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Has commits to an H2 database in a file of this process written in groups; other databases do that themselves. */
@Component
class Grouping implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && isFile(source) ? new GroupingDataSource(source) : bean;
    }

    private static boolean isFile(DataSource source) {
        try (var connection = source.getConnection()) {
            return GroupingConnection.isOfAFile(connection);
        } catch (SQLException e) {
            throw new BeanInitializationException("The database cannot be reached: " + e.getMessage(), e);
        }
    }
}
