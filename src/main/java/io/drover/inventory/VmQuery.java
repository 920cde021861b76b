package io.drover.inventory;

import org.jspecify.annotations.Nullable;

/**
 * What VMs must match; null matches everything, except that expunged VMs are listed only when asked for by state.
 *
 * @param cluster a cluster's name or id
 * @param host a host's name or id
 * @param template a template's name or id
 * @param name the VM's name
 */
public record VmQuery(
        @Nullable VmState state,
        @Nullable String cluster,
        @Nullable String host,
        @Nullable String template,
        @Nullable String name) {

    /** Every VM that is not expunged. */
    public static final VmQuery ALL = new VmQuery(null, null, null, null, null);
}
