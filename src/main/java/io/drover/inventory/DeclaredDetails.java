package io.drover.inventory;

import io.drover.problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the inventory asks of the extension registry, which lies above it: what manifests say of details. */
public interface DeclaredDetails {

    /** What is wrong with all the details of a host in this cluster; nothing while no extension serves the cluster. */
    List<Violation> ofHost(UUID cluster, Map<String, String> details);

    /**
     * What would send secrets that a host keeps to another address than before, by its details or its cluster's.
     *
     * @param anew names of details that are given with their values
     */
    List<Violation> ofHostMoved(
            UUID from, UUID cluster, Map<String, String> before, Map<String, String> after, Set<String> anew);

    /** What is wrong with all the details of a template of this extension. */
    List<Violation> ofTemplate(UUID extension, Map<String, String> details);

    /**
     * What is wrong with the details of a new VM; nothing while it is open which extension will have it.
     *
     * @param cluster where it is to go; null for anywhere
     */
    List<Violation> ofVm(@Nullable UUID cluster, Template template, UUID serviceOffering, Map<String, String> details);

    /** What is wrong with details that a VM is to have now, in this cluster or, before it has one, of this template. */
    List<Violation> ofChangedVm(@Nullable UUID cluster, @Nullable UUID template, Map<String, String> changes);

    /** The names of VMs' details that only Admins see and change. */
    Set<String> reserved();
}
