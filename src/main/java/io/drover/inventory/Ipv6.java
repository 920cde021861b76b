package io.drover.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IPv6 address as two unsigned halves. Only the hexadecimal literal is read, without zone; nothing is looked up. */
record Ipv6(long high, long low) {
    private static final Pattern GROUPS = Pattern.compile("[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*");
    private static final int GROUP_COUNT = 8;

    /** The address that a literal says; empty for anything else. */
    static Optional<Ipv6> parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return of(groups(text), 0, List.of());
        }
        var before = text.substring(0, gap);
        var after = text.substring(gap + 2);
        var left = before.isEmpty() ? Optional.of(List.<Integer>of()) : groups(before);
        var right = after.isEmpty() ? Optional.of(List.<Integer>of()) : groups(after);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        int zeros = GROUP_COUNT - left.get().size() - right.get().size();
        return zeros < 1 ? Optional.empty() : of(left, zeros, right.get());
    }

    private static Optional<List<Integer>> groups(String text) {
        if (!GROUPS.matcher(text).matches()) {
            return Optional.empty();
        }
        List<Integer> groups = new ArrayList<>();
        for (var group : text.split(":", -1)) {
            groups.add(Integer.parseInt(group, 16));
        }
        return Optional.of(groups);
    }

    private static Optional<Ipv6> of(Optional<List<Integer>> left, int zeros, List<Integer> right) {
        if (left.isEmpty() || left.get().size() + zeros + right.size() != GROUP_COUNT) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(left.get());
        for (int i = 0; i < zeros; i++) {
            all.add(0);
        }
        all.addAll(right);
        return Optional.of(new Ipv6(half(all.subList(0, 4)), half(all.subList(4, GROUP_COUNT))));
    }

    private static long half(List<Integer> groups) {
        long half = 0;
        for (int group : groups) {
            half = half << 16 | group;
        }
        return half;
    }

    /** Whether a machine can have it as its address: neither unspecified nor loopback nor multicast. */
    boolean unicast() {
        boolean special = high == 0 && (low == 0 || low == 1);
        return !special && group(0) >>> 8 != 0xff;
    }

    /** The canonical form of RFC 5952: lower case, no leading zeros, the first longest run of zeros shortened. */
    @Override
    public String toString() {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUP_COUNT; i++) {
            int run = zerosFrom(i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        if (start < 0) {
            return join(0, GROUP_COUNT);
        }
        return join(0, start) + "::" + join(start + length, GROUP_COUNT);
    }

    private int zerosFrom(int index) {
        int end = index;
        while (end < GROUP_COUNT && group(end) == 0) {
            end++;
        }
        return end - index;
    }

    private String join(int from, int to) {
        List<String> groups = new ArrayList<>();
        for (int i = from; i < to; i++) {
            groups.add(Long.toHexString(group(i)));
        }
        return String.join(":", groups);
    }

    private long group(int index) {
        long half = index < 4 ? high : low;
        return half >>> (16 * (3 - index % 4)) & 0xffff;
    }
}
