package io.drover.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Has every pattern that logging was set up with, by Spring Boot or by a file of the operator's, write messages safely. */
class LogPatterns implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (var logger : context.getLoggerList()) {
                logger.iteratorForAppenders().forEachRemaining(LogPatterns::makeSafe);
            }
        }
    }

    /** Right after Spring Boot has set logging up. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @SuppressWarnings("unchecked") // what an appender of events hands on are events
    private static void makeSafe(Appender<ILoggingEvent> appender) {
        if (appender instanceof OutputStreamAppender<ILoggingEvent> written
                && written.getEncoder() instanceof PatternLayoutEncoder encoder) {
            var layout = new SafeLayout();
            layout.setContext(encoder.getContext());
            layout.setPattern(encoder.getPattern());
            layout.start();
            var safe = new LayoutWrappingEncoder<ILoggingEvent>();
            safe.setContext(encoder.getContext());
            safe.setCharset(encoder.getCharset());
            safe.setLayout(layout);
            safe.start();
            written.setEncoder(safe);
        } else if (appender instanceof AppenderAttachable<?> others) {
            others.iteratorForAppenders().forEachRemaining(other -> makeSafe((Appender<ILoggingEvent>) other));
        }
    }

    /** Knows other converters for the words that stand for a message or an exception. */
    private static final class SafeLayout extends PatternLayout {
        SafeLayout() {
            for (var word : new String[] {"m", "msg", "message"}) {
                getInstanceConverterMap().put(word, LoggedMessage::new);
            }
            for (var word : new String[] {"ex", "exception", "throwable", "rEx", "rootException", "xEx",
                    "xException", "xThrowable", "wEx", "wex"}) {
                getInstanceConverterMap().put(word, LoggedThrowable::new);
            }
        }
    }
}
