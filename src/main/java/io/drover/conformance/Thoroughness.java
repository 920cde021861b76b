package io.drover.conformance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much is asked of an extension; each includes those before it. */
public enum Thoroughness {
    /** Its files alone; nothing is run. */
    STATIC,
    /** Bad input, odd calls and a short timeout as well; no VM is made, and the system behind need not be there. */
    PROTOCOL,
    /** Whole lives of VMs as well, in the system behind. */
    FULL;

    /** The name on the command line and in requests, e.g. {@code protocol}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is none of this name */
    @JsonCreator
    public static Thoroughness named(String wireName) {
        for (var level : values()) {
            if (level.wireName().equals(wireName)) {
                return level;
            }
        }
        throw new IllegalArgumentException("There is no level '" + wireName + "'; it is static, protocol or full");
    }

    /** Whether this one asks what that one does. */
    public boolean includes(Thoroughness other) {
        return compareTo(other) >= 0;
    }
}
