package io.drover.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a network is to be into its columns, with addresses in their canonical form, and finds what is wrong. */
final class NetworkRules {
    private static final int MOST_VLAN = 4095;
    private static final int MOST_MBPS = 1_000_000;
    private static final int DEFAULT_MBPS = 200;

    private final Findings findings;
    private final NetworkSpec spec;
    private final @Nullable Network old;

    NetworkRules(Findings findings, NetworkSpec spec, @Nullable Network old) {
        this.findings = findings;
        this.spec = spec;
        this.old = old;
    }

    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        var name = spec.name() == null && old != null ? old.name() : spec.name();
        findings.name(name);
        columns.put("name", name);
        putIpv4(columns);
        putIpv6(columns);
        columns.put("dns1", dns("/dns1", old == null ? null : old.dns1(), spec.dns1()));
        columns.put("dns2", dns("/dns2", old == null ? null : old.dns2(), spec.dns2()));
        columns.put("dns6_1", dns6("/ip6Dns1", old == null ? null : old.ip6Dns1(), spec.ip6Dns1()));
        columns.put("dns6_2", dns6("/ip6Dns2", old == null ? null : old.ip6Dns2(), spec.ip6Dns2()));
        putNumbers(columns);
        return columns;
    }

    private void putNumbers(Map<String, @Nullable Object> columns) {
        if (spec.vlan() != null) {
            findings.range("/vlan", spec.vlan(), 0, MOST_VLAN);
        }
        columns.put("vlan", spec.vlan() == null && old != null ? old.vlan() : spec.vlan());
        if (spec.rateMbps() != null) {
            findings.range("/rateMbps", spec.rateMbps(), 1, MOST_MBPS);
        }
        var standing = old == null ? DEFAULT_MBPS : old.rateMbps();
        columns.put("rate_mbps", spec.rateMbps() == null ? Integer.valueOf(standing) : spec.rateMbps());
    }

    private void putIpv4(Map<String, @Nullable Object> columns) {
        var cidr = Texts.changed(old == null ? null : old.cidr(), spec.cidr());
        columns.put("cidr", null);
        columns.put("gateway", null);
        if (cidr == null) {
            if (Texts.orNull(spec.gateway()) != null) {
                findings.add("/gateway", "needs cidr", spec.gateway());
            }
            return;
        }
        var range = Ipv4Range.parse(cidr);
        if (range.isEmpty()) {
            findings.add("/cidr", Ipv4Range.RULE, cidr);
            return;
        }
        columns.put("cidr", range.get().toString());
        columns.put("gateway", gateway(range.get()));
    }

    private String gateway(Ipv4Range range) {
        boolean sameRange = old != null && range.toString().equals(old.cidr());
        var gateway = spec.gateway() == null && sameRange && old != null ? old.gateway() : spec.gateway();
        if (gateway == null || gateway.isEmpty()) {
            return Ipv4.format(range.first());
        }
        var address = Ipv4.parse(gateway);
        if (address.isEmpty() || !range.usable(address.getAsLong())) {
            findings.add("/gateway", "must be a usable IPv4 address of " + range, gateway);
        }
        return gateway;
    }

    private void putIpv6(Map<String, @Nullable Object> columns) {
        var cidr = Texts.changed(old == null ? null : old.cidr6(), spec.cidr6());
        columns.put("cidr6", null);
        columns.put("gateway6", null);
        if (cidr == null) {
            if (Texts.orNull(spec.gateway6()) != null) {
                findings.add("/gateway6", "needs cidr6", spec.gateway6());
            }
            return;
        }
        var range = Ipv6Range.parse(cidr);
        if (range.isEmpty()) {
            findings.add("/cidr6", Ipv6Range.RULE, cidr);
            return;
        }
        columns.put("cidr6", range.get().toString());
        columns.put("gateway6", gateway6(range.get()).toString());
    }

    private Ipv6 gateway6(Ipv6Range range) {
        boolean sameRange = old != null && range.toString().equals(old.cidr6());
        var gateway = spec.gateway6() == null && sameRange && old != null ? old.gateway6() : spec.gateway6();
        if (gateway == null || gateway.isEmpty()) {
            return range.first();
        }
        var address = Ipv6.parse(gateway).filter(range::usable);
        if (address.isEmpty()) {
            findings.add("/gateway6", "must be a usable IPv6 address of " + range, gateway);
        }
        return address.orElseGet(range::first);
    }

    private @Nullable String dns(String pointer, @Nullable String standing, @Nullable String given) {
        if (given != null && !given.isEmpty() && Ipv4.parse(given).isEmpty()) {
            findings.add(pointer, "must be an IPv4 address such as 10.1.0.1", given);
        }
        return Texts.changed(standing, given);
    }

    private @Nullable String dns6(String pointer, @Nullable String standing, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            return Texts.changed(standing, given);
        }
        var address = Ipv6.parse(given);
        if (address.isEmpty()) {
            findings.add(pointer, "must be an IPv6 address such as fd00:1::1", given);
        }
        return address.map(Ipv6::toString).orElse(null);
    }
}
