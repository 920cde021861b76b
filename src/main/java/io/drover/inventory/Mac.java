package io.drover.inventory;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** MAC addresses in their stored form: six octets in lower case, joined by colons. */
final class Mac {
    static final String RULE =
            "must be a unicast MAC address such as 52:54:00:12:34:56: six octets joined by ':' or '-', not all zero";

    private static final Pattern LITERAL =
            Pattern.compile("[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OCTETS = 6;

    private Mac() {}

    /** The stored form of an address that follows {@link #RULE}; empty for anything else. */
    static Optional<String> parse(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!LITERAL.matcher(lower).matches()) {
            return Optional.empty();
        }
        var mac = lower.replace('-', ':');
        boolean multicast = (Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0;
        return multicast || mac.equals("00:00:00:00:00:00") ? Optional.empty() : Optional.of(mac);
    }

    /** A random, locally administered unicast address. */
    static String random() {
        var octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        octets[0] = 2;
        return HexFormat.ofDelimiter(":").formatHex(octets);
    }
}
