package io.drover.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.mock.env.MockEnvironment;

/** Nothing that is logged can look like a line of its own. */
class LogLinesTests {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.drover.log.test");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

    @BeforeEach
    void listen() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("LINE %level %msg%n%ex");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(out);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        new LogPatterns()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], new MockEnvironment()));
    }

    @AfterEach
    void leave() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\r\n", "\u001b[2J", "\u001b]0;x\u0007", "\u0000", "\u0008", "\u000b", "\u000c", "\u007f",
                "\u0085", "\u009b31m", "\u2028", "\u2029", "\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u200f",
                "\u061c", "\ufeff"
            })
    void aMessageStaysInItsLineWhereverTheTextStands(String evil) {
        var forged = "no route" + evil + "LINE INFO Everything is fine";
        logger.error(forged);
        logger.error("Action {} failed", forged);
        logger.error("With its cause", new IllegalStateException(forged, new IllegalArgumentException(forged)));
        var suppressing = new IllegalStateException("outer");
        suppressing.addSuppressed(new IllegalArgumentException(forged));
        logger.error("With what it suppressed", suppressing);

        assertThat(text()).doesNotContain(evil + "LINE INFO");
        assertThat(text().lines().filter(line -> line.startsWith("LINE"))).hasSize(4);
        assertThat(text().chars().filter(each -> each != '\n' && each != '\t' && Character.isISOControl(each)))
                .isEmpty();
    }

    @Test
    void aStackTraceStaysReadable() {
        logger.error("Failed", new IllegalStateException("first\nsecond", new IllegalArgumentException("deep")));

        assertThat(text())
                .contains("java.lang.IllegalStateException: first\\nsecond\n\tat io.drover.log.LogLinesTests")
                .contains("\nCaused by: java.lang.IllegalArgumentException: deep\n");
    }

    @Test
    void aCauseThatIsItsOwnCauseIsTold() {
        var outer = new IllegalStateException("outer");
        outer.initCause(new IllegalArgumentException("inner", outer));

        logger.error("Failed", outer);

        assertThat(text()).contains("CIRCULAR REFERENCE");
    }

    @Test
    void ordinaryTextOfAnyLanguageIsLeftAsItIs() {
        logger.info("Größe → 10\t漢字 🙂 \\n");

        assertThat(text()).isEqualTo("LINE INFO Größe → 10\t漢字 🙂 \\n\n");
    }
}
