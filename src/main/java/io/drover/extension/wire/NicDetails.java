package io.drover.extension.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.inventory.Network;
import io.drover.inventory.Nic;
import org.jspecify.annotations.Nullable;

/** One element of {@code nics[]} (contract 2.5); {@code uuid} is the network's id, {@code nicUuid} the NIC's own. */
final class NicDetails {
    private NicDetails() {}

    static ObjectNode compose(ObjectMapper json, Nic nic, Network network, String segment) {
        var node = json.createObjectNode();
        node.put("deviceId", nic.deviceId());
        node.put("networkRateMbps", network.rateMbps());
        node.put("defaultNic", nic.defaultNic());
        node.put("pxeDisable", false);
        node.put("nicUuid", nic.id().toString());
        node.put("uuid", network.id().toString());
        node.put("networkId", network.num());
        node.put("networkSegmentName", segment);
        node.put("name", network.name());
        node.put("mac", nic.mac());
        if (nic.ip() != null) {
            node.put("ip", nic.ip());
            optional(node, "netmask", network.netmask());
            optional(node, "gateway", network.gateway());
        }
        if (nic.ip6() != null) {
            node.put("ip6address", nic.ip6());
            optional(node, "ip6gateway", network.gateway6());
            optional(node, "ip6cidr", network.cidr6());
        }
        optional(node, "dns1", network.dns1());
        optional(node, "dns2", network.dns2());
        optional(node, "ip6Dns1", network.ip6Dns1());
        optional(node, "ip6Dns2", network.ip6Dns2());
        var uri = "vlan://" + (network.vlan() == null ? "untagged" : network.vlan());
        node.put("broadcastType", "Vlan");
        node.put("type", "Guest");
        node.put("broadcastUri", uri);
        node.put("isolationUri", uri);
        node.put("securityGroupEnabled", false);
        node.put("dpdkEnabled", false);
        node.put("enabled", true);
        node.set("nicSecIps", json.createArrayNode());
        node.set(
                "details",
                json.createObjectNode()
                        .put("MacLearning", "false")
                        .put("ForgedTransmits", "true")
                        .put("MacAddressChanges", "true")
                        .put("PromiscuousMode", "false"));
        return node;
    }

    private static void optional(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
