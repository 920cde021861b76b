package io.drover.extension;

import java.util.UUID;

/**
 * That a cluster is served by an extension.
 *
 * @param id what the mapping's own details belong to
 */
public record Mapping(UUID id, UUID extensionId, UUID clusterId, String clusterName) {}
