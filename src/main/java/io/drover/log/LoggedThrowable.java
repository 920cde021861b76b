package io.drover.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** {@code %wEx}: the lines of a stack trace are those of the trace alone; messages of exceptions stay within theirs. */
public final class LoggedThrowable extends ExtendedWhitespaceThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(Told.of(thrown, new IdentityHashMap<>()));
    }

    /** A throwable with the messages of itself, its causes and what it suppressed made safe. */
    private record Told(
            IThrowableProxy thrown,
            @Nullable IThrowableProxy cause,
            IThrowableProxy[] suppressed)
            implements IThrowableProxy {

        static IThrowableProxy of(IThrowableProxy thrown, Map<IThrowableProxy, Boolean> above) {
            if (above.put(thrown, true) != null) {
                return new Told(thrown, null, new IThrowableProxy[0]);
            }
            var cause = thrown.getCause() == null ? null : of(thrown.getCause(), above);
            var known = thrown.getSuppressed() == null ? new IThrowableProxy[0] : thrown.getSuppressed();
            var suppressed = new IThrowableProxy[known.length];
            for (int i = 0; i < known.length; i++) {
                suppressed[i] = of(known[i], above);
            }
            return new Told(thrown, cause, suppressed);
        }

        @Override
        public @Nullable String getMessage() {
            return thrown.getMessage() == null ? null : LogText.oneLine(thrown.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return thrown.getOverridingMessage() == null ? null : LogText.oneLine(thrown.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return cause;
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return suppressed;
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
