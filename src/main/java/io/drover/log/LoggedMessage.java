package io.drover.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %msg}: a message stays within its line. */
public final class LoggedMessage extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return LogText.oneLine(String.valueOf(event.getFormattedMessage()));
    }
}
