package io.drover.inventory;

/** What details can belong to. */
public enum DetailOwner {
    EXTENSION("extension"),
    RESOURCE_MAP("resource_map"),
    HOST("host"),
    TEMPLATE("template"),
    SERVICE_OFFERING("service_offering"),
    /** What people gave a VM; extensions see it as external details. */
    VM("vm"),
    /** What an extension keeps with a VM through the patch of its prepare. */
    INSTANCE("vm"),
    CLUSTER("cluster"),
    NETWORK("network"),
    CUSTOM_ACTION("custom_action");

    private final String table;

    DetailOwner(String table) {
        this.table = table;
    }

    /** The table whose rows own them. */
    String table() {
        return table;
    }
}
