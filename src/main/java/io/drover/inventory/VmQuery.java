package io.drover.inventory;

import java.util.Set;

/**
 * What VMs must match: one of the values of each set, where it has any; but expunged VMs are listed only when asked for by
 * state.
 *
 * @param clusters names or ids of clusters
 * @param hosts names or ids of hosts
 * @param templates names or ids of templates
 * @param names the VM's name
 */
public record VmQuery(
        Set<VmState> states,
        Set<PowerState> powerStates,
        Set<String> clusters,
        Set<String> hosts,
        Set<String> templates,
        Set<String> names) {

    /** Every VM that is not expunged. */
    public static final VmQuery ALL = new VmQuery(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
}
