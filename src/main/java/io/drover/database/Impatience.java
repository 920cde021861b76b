package io.drover.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Has whoever wants a connection to a database elsewhere told within three seconds that there is none, and whoever has one that
 * nothing comes back from within a minute. Times that somebody has set are kept.
 */
@Component
class Impatience implements BeanPostProcessor, Ordered {
    private static final long CONNECT_MILLIS = 1_500;
    private static final long VALIDATE_MILLIS = 750;

    /** After this much silence of PostgreSQL's a statement counts as failed. */
    private static final String SILENCE_SECONDS = "60";

    /** What the pool waits for when nothing is set, and what a person would hardly set. */
    private static final long UNSET_MILLIS = TimeUnit.SECONDS.toMillis(30);

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && isElsewhere(pool) && pool.getConnectionTimeout() == UNSET_MILLIS) {
            pool.setConnectionTimeout(CONNECT_MILLIS);
            pool.setValidationTimeout(VALIDATE_MILLIS);
            if (isSilenceUnlimited(pool)) {
                pool.addDataSourceProperty("socketTimeout", SILENCE_SECONDS);
                pool.addDataSourceProperty("tcpKeepAlive", "true");
            }
            return new PatientDataSource(pool);
        }
        return bean;
    }

    /** Before anybody asks for a connection. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    private static boolean isSilenceUnlimited(HikariDataSource pool) {
        return pool.getJdbcUrl().startsWith("jdbc:postgresql:")
                && !pool.getJdbcUrl().contains("socketTimeout=")
                && !pool.getDataSourceProperties().containsKey("socketTimeout");
    }

    private static boolean isElsewhere(HikariDataSource pool) {
        var url = pool.getJdbcUrl();
        return url != null && !url.startsWith("jdbc:h2:");
    }
}
