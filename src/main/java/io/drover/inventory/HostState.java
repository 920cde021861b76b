package io.drover.inventory;

/** Whether VMs may be placed on a host. */
public enum HostState {
    /** VMs are placed on it. */
    Up,
    /** No VM is placed on it; those it has stay. */
    Disabled
}
