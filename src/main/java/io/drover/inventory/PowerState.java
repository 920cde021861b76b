package io.drover.inventory;

/** What an extension last saw of a VM's power. */
public enum PowerState {
    PowerOn,
    PowerOff,
    PowerUnknown
}
