package io.drover.inventory.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drover.inventory.Creation;
import io.drover.inventory.Network;
import io.drover.inventory.Nic;
import io.drover.inventory.PowerState;
import io.drover.inventory.VmState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A VM as clients see it.
 *
 * @param verbs what can be asked of it as it is; none while an operation holds it between two states
 */
record VmView(
        UUID id,
        String name,
        String internalName,
        VmState state,
        @Nullable String stateReason,
        Creation creation,
        PowerState powerState,
        @Nullable Instant powerSeenAt,
        @Nullable Named owner,
        String domain,
        @Nullable Named template,
        @Nullable Named serviceOffering,
        @Nullable Named cluster,
        @Nullable Named host,
        List<NicView> nics,
        Map<String, String> details,
        List<String> verbs,
        Instant createdAt) {

    /** A NIC as clients see it, with what its network says of its addresses. */
    record NicView(
            UUID id,
            Named network,
            int deviceId,
            String mac,
            @Nullable String ip,
            @Nullable String netmask,
            @Nullable String gateway,
            @Nullable String ip6,

            @JsonProperty("default") boolean defaultNic) {

        static NicView of(Nic nic, Network network) {
            return new NicView(
                    nic.id(),
                    new Named(network.id(), network.name()),
                    nic.deviceId(),
                    nic.mac(),
                    nic.ip(),
                    nic.ip() == null ? null : network.netmask(),
                    nic.ip() == null ? null : network.gateway(),
                    nic.ip6(),
                    nic.defaultNic());
        }
    }
}
