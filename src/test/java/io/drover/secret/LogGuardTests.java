package io.drover.secret;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogGuardTests {
    private static final String SECRET = "lg-\"q7zx\" wörd";

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void guard() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %X{who} %kvp %msg%n%ex");
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        var root = context.getLogger("ROOT");
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        LogGuard.guard(context);
        LogGuard.guard(context);
        LiveSecrets.remember(SECRET);
    }

    @Test
    void masksMessagesArgumentsExceptionsAndContext() {
        context.getMDCAdapter().put("who", SECRET);
        try {
            context.getLogger("io.drover.x")
                    .atError()
                    .addKeyValue("k", SECRET)
                    .setCause(
                            new IllegalStateException("a " + SECRET, new RuntimeException("b lg-%22q7zx%22+w%C3%B6rd")))
                    .log("with {} and {}", SECRET, "lg-\\\"q7zx\\\" w\\u00f6rd");
        } finally {
            context.getMDCAdapter().clear();
        }

        assertThat(log())
                .doesNotContain("q7zx")
                .contains("with ****** and ******")
                .contains("a ******", "b ******");
        assertThat(log().lines().filter(line -> line.startsWith("ERROR"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "org.springframework.web, DEBUG, false",
        "org.apache.coyote.http11.Http11Processor, INFO, false",
        "org.apache.coyote.http11.Http11Processor, WARN, true",
        "io.drovers, TRACE, false",
        "org.springframework.web, INFO, true",
        "io.drover.operation, TRACE, true",
        "anything, TRACE, false"
    })
    void letsOnlyDroverLogBelowInfo(String logger, String level, boolean isWritten) {
        context.getLogger(logger).setLevel(Level.TRACE);

        context.getLogger(logger).atLevel(org.slf4j.event.Level.valueOf(level)).log("body");

        assertThat(log().contains("body")).isEqualTo(isWritten);
        assertThat(context.getLogger("org.springframework.web").isDebugEnabled())
                .isFalse();
    }

    private String log() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
