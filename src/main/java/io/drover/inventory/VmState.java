package io.drover.inventory;

/** Where a VM is in its life, in CloudStack's words. */
public enum VmState {
    Allocated,
    Starting,
    Running,
    Stopping,
    Stopped,
    Rebooting,
    Destroyed,
    Expunging,
    Expunged,
    Error
}
