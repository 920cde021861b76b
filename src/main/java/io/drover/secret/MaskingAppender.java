package io.drover.secret;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Hands on to another appender what is logged, without secrets, whatever that one makes of it. */
final class MaskingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final Appender<ILoggingEvent> target;

    MaskingAppender(Appender<ILoggingEvent> target) {
        this.target = target;
        setName(target.getName());
        setContext(target.getContext());
    }

    @Override
    protected void append(ILoggingEvent event) {
        target.doAppend(new MaskedEvent(event, LiveSecrets::mask));
    }

    @Override
    public void stop() {
        super.stop();
        target.stop();
    }
}
