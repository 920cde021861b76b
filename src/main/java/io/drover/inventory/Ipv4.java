package io.drover.inventory;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** IPv4 addresses as numbers from 0 to 2^32-1. Only the literal form is read; nothing is looked up. */
final class Ipv4 {
    private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
    private static final Pattern LITERAL = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    private Ipv4() {}

    /** The number of a dotted quad without leading zeros; empty for anything else. */
    static OptionalLong parse(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        long address = 0;
        for (var octet : text.split("\\.", -1)) {
            int value = Integer.parseInt(octet);
            if (value > 255) {
                return OptionalLong.empty();
            }
            address = address << 8 | value;
        }
        return OptionalLong.of(address);
    }

    /** Whether a machine can have it as its address: neither of this host nor loopback, multicast or reserved. */
    static boolean unicast(long address) {
        long first = address >> 24;
        return first > 0 && first < 224 && first != 127;
    }

    static String format(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
