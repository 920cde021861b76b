package io.drover.access;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.event.EventListener;

/** The access module without its HTTP half, on a database in memory of its own, with a clock that stands still. */
final class AccessContext {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private AccessContext() {}

    /** Each runner has its own database; the contexts it runs one after the other share it. */
    static ApplicationContextRunner runner(Path home) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withUserConfiguration(Slice.class)
                .withPropertyValues(
                        "drover.home=" + home,
                        "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @ComponentScan(
            basePackages = {"io.drover.access", "io.drover.home"},
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = {"io\\.drover\\.access\\.web\\..*", ".*ClockConfiguration", ".*Tests.*"}))
    @EnableConfigurationProperties(SecretProperties.class)
    static class Slice {
        @Bean
        MovableClock clock() {
            return new MovableClock();
        }

        @Bean
        Changes changes() {
            return new Changes();
        }
    }

    /** The changes that were published. */
    static class Changes {
        final List<AccessChange> seen = new ArrayList<>();

        @EventListener
        void on(AccessChange change) {
            seen.add(change);
        }
    }

    static class MovableClock extends Clock {
        private Instant now = NOW;

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
