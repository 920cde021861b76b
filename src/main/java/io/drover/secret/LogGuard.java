package io.drover.secret;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Guards the log as soon as Spring Boot has set it up: {@link LogCeiling}, and {@link LiveSecrets} before every appender. */
public final class LogGuard implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    /** After Spring Boot has set logging up, and its patterns have been made safe. */
    private static final int AFTER_LOGGING = Ordered.HIGHEST_PRECEDENCE + 22;

    private static final List<String> PASSWORDS = List.of(
            "spring.datasource.password",
            "spring.datasource.hikari.password",
            "spring.flyway.password",
            "server.ssl.key-store-password",
            "server.ssl.key-password",
            "server.ssl.trust-store-password");

    @Override
    public int getOrder() {
        return AFTER_LOGGING;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        for (var name : PASSWORDS) {
            LiveSecrets.remember(event.getEnvironment().getProperty(name, ""));
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            guard(context);
        }
    }

    /** Does nothing where it was done before. */
    static void guard(LoggerContext context) {
        if (context.getTurboFilterList().stream().noneMatch(LogCeiling.class::isInstance)) {
            var ceiling = new LogCeiling();
            ceiling.setContext(context);
            ceiling.start();
            context.addTurboFilter(ceiling);
            tellOfCapped(context);
        }
        context.getLoggerList().forEach(LogGuard::maskAppenders);
    }

    private static void maskAppenders(Logger logger) {
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        logger.iteratorForAppenders().forEachRemaining(appenders::add);
        for (var appender : appenders) {
            if (!(appender instanceof MaskingAppender)) {
                var masking = new MaskingAppender(appender);
                masking.start();
                logger.addAppender(masking);
                logger.detachAppender(appender);
            }
        }
    }

    private static void tellOfCapped(LoggerContext context) {
        var capped = context.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null && logger.getLevel().levelInt < Level.INFO_INT)
                .map(Logger::getName)
                .filter(name -> LogCeiling.caps(name, Level.DEBUG))
                .collect(Collectors.joining(", "));
        if (!capped.isEmpty()) {
            LoggerFactory.getLogger(LogGuard.class)
                    .warn(
                            "Levels below INFO count for io.drover only, since libraries print secrets there; ignored for: {}",
                            capped);
        }
    }
}
