package io.drover.secret;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets nobody but Drover itself log below INFO, whatever the levels are: there, libraries print requests, headers, parameters of
 * statements and whatever else they were given. What reads requests from the wire prints them even at INFO.
 */
final class LogCeiling extends TurboFilter {
    private static final String OWN = "io.drover";
    private static final String WIRE = "org.apache.coyote";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (level.levelInt >= Level.WARN_INT || SecretText.isOff()) {
            return FilterReply.NEUTRAL;
        }
        return caps(logger.getName(), level) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** Whether a logger's events of this level are not written. */
    static boolean caps(String logger, Level level) {
        if (level.levelInt < Level.INFO_INT) {
            return !isIn(logger, OWN);
        }
        return level.levelInt < Level.WARN_INT && isIn(logger, WIRE + ".http11");
    }

    private static boolean isIn(String logger, String parent) {
        return logger.equals(parent) || logger.startsWith(parent + ".");
    }
}
