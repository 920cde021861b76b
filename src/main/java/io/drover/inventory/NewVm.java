package io.drover.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VM that is asked for.
 *
 * @param template a template's name or id
 * @param serviceOffering a service offering's name or id
 * @param networks at most 16, in the order of the NICs; the first is the default one
 * @param cluster a cluster's name or id; any unless said otherwise
 * @param host the name or id of a host that is up; any unless said otherwise
 */
public record NewVm(
        @Nullable String name,
        @Nullable String template,
        @Nullable String serviceOffering,
        @Nullable List<NewNic> networks,
        @Nullable String cluster,
        @Nullable String host,
        @Nullable Map<String, @Nullable String> details) {}
