package io.drover.secret;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** What is logged, with all texts in it cleaned. Its arguments are in its message and not given apart. */
record MaskedEvent(ILoggingEvent given, UnaryOperator<String> clean) implements ILoggingEvent {

    @Override
    public @Nullable String getMessage() {
        return getFormattedMessage();
    }

    @Override
    public @Nullable String getFormattedMessage() {
        var message = given.getFormattedMessage();
        return message == null ? null : clean.apply(message);
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return null;
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return MaskedThrowable.of(given.getThrowableProxy(), clean);
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        return given.getMDCPropertyMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> clean.apply(String.valueOf(entry.getValue()))));
    }

    @Override
    @Deprecated
    public Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        var pairs = given.getKeyValuePairs();
        return pairs == null
                ? null
                : pairs.stream()
                        .map(pair -> new KeyValuePair(pair.key, clean.apply(String.valueOf(pair.value))))
                        .toList();
    }

    @Override
    public String getThreadName() {
        return given.getThreadName();
    }

    @Override
    public Level getLevel() {
        return given.getLevel();
    }

    @Override
    public String getLoggerName() {
        return given.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return given.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return given.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return given.hasCallerData();
    }

    @Override
    public List<Marker> getMarkerList() {
        return given.getMarkerList();
    }

    @Override
    public long getTimeStamp() {
        return given.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return given.getNanoseconds();
    }

    @Override
    public java.time.Instant getInstant() {
        return given.getInstant();
    }

    @Override
    public long getSequenceNumber() {
        return given.getSequenceNumber();
    }

    @Override
    public void prepareForDeferredProcessing() {
        given.prepareForDeferredProcessing();
    }
}
