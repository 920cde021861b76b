package io.drover.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets a statement that changes tables or builds an index take as long as it takes, however large the tables are. */
@Configuration(proxyBeanMethods = false)
class SlowMigrations {

    @Bean
    FlywayConfigurationCustomizer withoutALimitOfTime() {
        return flyway -> {
            if (flyway.getDataSource() instanceof PatientDataSource pool) {
                flyway.dataSource(new Unlimited(pool));
            }
        };
    }

    /** Hands out connections on which silence means nothing; the pool gives them their limit again when they come back. */
    private static final class Unlimited extends DelegatingDataSource {
        Unlimited(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        }
    }
}
