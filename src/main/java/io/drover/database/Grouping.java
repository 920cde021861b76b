package io.drover.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanInitializationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Has commits to an H2 database inside this process written in groups; other databases do that themselves. */
@Component
class Grouping implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && isEmbedded(source) ? new GroupingDataSource(source) : bean;
    }

    private static boolean isEmbedded(DataSource source) {
        try (var connection = source.getConnection()) {
            return connection.getMetaData().getURL().startsWith("jdbc:h2:file:");
        } catch (SQLException e) {
            throw new BeanInitializationException("The database cannot be reached: " + e.getMessage(), e);
        }
    }
}
