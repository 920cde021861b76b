package io.drover.inventory;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine, without its VNC password.
 *
 * @param num its number, the payload's {@code id}
 * @param internalName what extensions know it by, e.g. {@code i-2-20-VM}
 * @param powerState what was last observed, at {@code powerSeenAt}
 * @param domain the owner's domain as a path
 * @param clusterId where it is or is to be; null when any cluster will do
 * @param hostId where it is or is to be; null when any host of the cluster will do
 * @param lastHostId where it was before it stopped, or where its creation failed
 * @param creation whether it was ever created outside
 */
public record Vm(
        UUID id,
        long num,
        String name,
        String internalName,
        VmState state,
        @Nullable String stateReason,
        PowerState powerState,
        @Nullable Instant powerSeenAt,
        UUID ownerId,
        String domain,
        @Nullable UUID templateId,
        @Nullable UUID serviceOfferingId,
        @Nullable UUID clusterId,
        @Nullable UUID hostId,
        @Nullable UUID lastHostId,
        Creation creation,
        Instant createdAt) {

    /** Whether an extension has created it, and has not deleted it since. */
    public boolean deployed() {
        return creation == Creation.Created;
    }
}
