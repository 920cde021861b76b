package io.drover.extension.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.drover.inventory.DetailOwner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The six levels at which an extension can be configured. */
public enum Level {
    EXTENSION("extension", DetailOwner.EXTENSION, "extension"),
    RESOURCE_MAP("resourceMap", DetailOwner.RESOURCE_MAP, "resourcemap"),
    HOST("host", DetailOwner.HOST, "host"),
    TEMPLATE("template", DetailOwner.TEMPLATE, "virtualmachine"),
    SERVICE_OFFERING("serviceOffering", DetailOwner.SERVICE_OFFERING, "virtualmachine"),
    VM("vm", DetailOwner.VM, "virtualmachine");

    private final String wireName;
    private final DetailOwner owner;
    private final String payloadKey;

    Level(String wireName, DetailOwner owner, String payloadKey) {
        this.wireName = wireName;
        this.owner = owner;
        this.payloadKey = payloadKey;
    }

    /** The name in manifests, e.g. {@code resourceMap}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** What the details of this level belong to. */
    public DetailOwner owner() {
        return owner;
    }

    /** The key below {@code externaldetails} that the level's details are delivered under (contract 2.2). */
    public String payloadKey() {
        return payloadKey;
    }

    /** The names of all levels in manifests. */
    static List<String> wireNames() {
        return Arrays.stream(values()).map(Level::wireName).toList();
    }

    /** The level whose details belong to things of this kind. */
    public static Optional<Level> of(DetailOwner owner) {
        return Arrays.stream(values()).filter(level -> level.owner == owner).findFirst();
    }

    /** @throws IllegalArgumentException when there is none of this name */
    @JsonCreator
    static Level named(String wireName) {
        return Arrays.stream(values())
                .filter(level -> level.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no level '" + wireName + "'"));
    }

    @Override
    public String toString() {
        return wireName;
    }
}
