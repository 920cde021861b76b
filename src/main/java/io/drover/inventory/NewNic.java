package io.drover.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A NIC that a new VM is to have; in JSON an object, or just the network's name or id.
 *
 * @param network a network's name or id
 * @param ip an IPv4 address of the network; the lowest free one unless said otherwise
 * @param ip6 an IPv6 address of the network; the lowest free one unless said otherwise
 * @param mac a unicast MAC address that no NIC has; a random one unless said otherwise
 */
public record NewNic(
        @Nullable String network,
        @Nullable String ip,
        @Nullable String ip6,
        @Nullable String mac) {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public NewNic(
            @JsonProperty("network") @Nullable String network,
            @JsonProperty("ip") @Nullable String ip,
            @JsonProperty("ip6") @Nullable String ip6,
            @JsonProperty("mac") @Nullable String mac) {
        this.network = network;
        this.ip = ip;
        this.ip6 = ip6;
        this.mac = mac;
    }

    /** A NIC in the network, with whatever addresses are free. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static NewNic in(String network) {
        return new NewNic(network, null, null, null);
    }
}
