package io.drover.inventory;

/** What details can belong to. */
public enum DetailOwner {
    EXTENSION,
    RESOURCE_MAP,
    HOST,
    TEMPLATE,
    SERVICE_OFFERING,
    /** What people gave a VM; extensions see it as external details. */
    VM,
    /** What an extension keeps with a VM through the patch of its prepare. */
    INSTANCE,
    CLUSTER,
    NETWORK,
    CUSTOM_ACTION
}
