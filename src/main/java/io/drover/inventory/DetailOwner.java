package io.drover.inventory;

/** What details can belong to. */
public enum DetailOwner {
    EXTENSION,
    RESOURCE_MAP,
    HOST,
    TEMPLATE,
    SERVICE_OFFERING,
    VM,
    CLUSTER,
    NETWORK,
    CUSTOM_ACTION
}
