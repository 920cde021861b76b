package io.drover.secret;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A logged exception, its causes and those it suppressed, with their messages cleaned. */
record MaskedThrowable(IThrowableProxy given, UnaryOperator<String> clean) implements IThrowableProxy {

    static @Nullable IThrowableProxy of(@Nullable IThrowableProxy given, UnaryOperator<String> clean) {
        return given == null ? null : new MaskedThrowable(given, clean);
    }

    @Override
    public @Nullable String getMessage() {
        var message = given.getMessage();
        return message == null ? null : clean.apply(message);
    }

    @Override
    public @Nullable String getOverridingMessage() {
        var message = given.getOverridingMessage();
        return message == null ? null : clean.apply(message);
    }

    @Override
    public String getClassName() {
        return given.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return given.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return given.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return of(given.getCause(), clean);
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return Arrays.stream(given.getSuppressed())
                .map(each -> new MaskedThrowable(each, clean))
                .toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
        return given.isCyclic();
    }
}
