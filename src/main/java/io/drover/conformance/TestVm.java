package io.drover.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A VM of the kit's own: its name and id are nobody else's. */
final class TestVm {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LOWEST = 100_000_000;
    private static final int HOW_MANY = 900_000_000;

    private final long number = LOWEST + RANDOM.nextInt(HOW_MANY);
    private final UUID id = UUID.randomUUID();
    private final List<ObjectNode> nics = new ArrayList<>();

    /** What the extension keeps with the VM, by its answers to prepare. */
    private final Map<String, String> kept = new TreeMap<>();

    private String vncPassword = hex(4);
    private boolean deployed;

    TestVm(int nicCount) {
        for (int i = 0; i < nicCount; i++) {
            nics.add(nic(i));
        }
    }

    long number() {
        return number;
    }

    UUID id() {
        return id;
    }

    /** The internal name, as Drover gives it. */
    String name() {
        return "i-2-" + number + "-VM";
    }

    List<ObjectNode> nics() {
        return nics;
    }

    Map<String, String> kept() {
        return kept;
    }

    String vncPassword() {
        return vncPassword;
    }

    void vncPassword(String password) {
        vncPassword = password;
    }

    boolean isDeployed() {
        return deployed;
    }

    void deployed() {
        deployed = true;
    }

    /** NICs with IPv4 and IPv6 in turn. */
    private ObjectNode nic(int device) {
        long network = 208 + device;
        var node = JsonNodeFactory.instance.objectNode();
        node.put("deviceId", device).put("networkRateMbps", 200).put("defaultNic", device == 0);
        node.put("pxeDisable", false);
        node.put("nicUuid", UUID.randomUUID().toString());
        node.put("uuid", new UUID(0x1d04e12L, network).toString());
        node.put("networkId", network).put("networkSegmentName", "D1-A2-Z1-S" + network);
        node.put("name", "network-" + device);
        node.put("mac", "02:01:" + hex(1) + ":" + hex(1) + ":" + hex(1) + ":%02x".formatted(device));
        if (device % 2 == 0) {
            node.put("ip", "10.97." + device + "." + (2 + RANDOM.nextInt(250)));
            node.put("netmask", "255.255.255.0").put("gateway", "10.97." + device + ".1");
            node.put("dns1", "10.97." + device + ".1").put("dns2", "10.97." + device + ".2");
        } else {
            node.put("ip6address", "2001:db8:" + device + "::" + hex(2).replaceFirst("^0+", ""));
            node.put("ip6gateway", "2001:db8:" + device + "::1").put("ip6cidr", "2001:db8:" + device + "::/64");
            node.put("ip6Dns1", "2001:db8::2").put("ip6Dns2", "2001:db8::3");
        }
        node.put("broadcastType", "Vlan").put("type", "Guest");
        node.put("broadcastUri", "vlan://untagged").put("isolationUri", "vlan://untagged");
        node.put("securityGroupEnabled", false).put("dpdkEnabled", false).put("enabled", true);
        node.putArray("nicSecIps");
        node.putObject("details")
                .put("MacLearning", "false")
                .put("ForgedTransmits", "true")
                .put("MacAddressChanges", "true")
                .put("PromiscuousMode", "false");
        return node;
    }

    private static String hex(int bytes) {
        var random = new byte[bytes];
        do {
            RANDOM.nextBytes(random);
        } while (random[0] == 0);
        return HexFormat.of().formatHex(random);
    }
}
