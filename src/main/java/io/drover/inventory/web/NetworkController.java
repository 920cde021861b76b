package io.drover.inventory.web;

import io.drover.access.Actor;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Network;
import io.drover.inventory.NetworkSpec;
import io.drover.inventory.Networks;
import io.drover.inventory.Revisions;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/networks")
@Tag(name = "Networks", description = "Where NICs get their addresses")
class NetworkController {
    private final Networks networks;
    private final Details details;
    private final Revisions revisions;

    NetworkController(Networks networks, Details details, Revisions revisions) {
        this.revisions = revisions;
        this.networks = networks;
        this.details = details;
    }

    @GetMapping
    @Operation(operationId = "listNetworks", summary = "The networks in the order of their names")
    Page<NetworkView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return views(networks.list(PageRequest.of(limit, cursor)));
    }

    @PostMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createNetwork", summary = "Add a network")
    ResponseEntity<NetworkView> create(@RequestBody NetworkSpec body, Actor actor) {
        var created = networks.create(body, actor);
        return ResponseEntity.created(URI.create("/api/v1/networks/" + created.id()))
                .body(view(created));
    }

    @GetMapping("/{reference}")
    @Operation(operationId = "getNetwork", summary = "One network by name or id")
    NetworkView get(@PathVariable String reference, HttpServletResponse response) {
        var found = networks.get(reference);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return view(found);
    }

    @PatchMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Operation(operationId = "updateNetwork", summary = "Change the given fields of a network")
    NetworkView update(
            @PathVariable String reference,
            @RequestBody NetworkSpec body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var updated = revisions.change(
                ifMatch, () -> seen(networks.get(reference)), () -> networks.update(reference, body, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return view(updated);
    }

    @DeleteMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteNetwork", summary = "Remove a network that nothing uses")
    void delete(@PathVariable String reference, Actor actor) {
        networks.delete(reference, actor);
    }

    private static Revisions.Seen seen(Network thing) {
        return new Revisions.Seen(DetailOwner.NETWORK, thing.id(), thing);
    }

    private NetworkView view(Network one) {
        return views(new Page<>(List.of(one), null)).items().get(0);
    }

    private Page<NetworkView> views(Page<Network> page) {
        var shown = details.masked(DetailOwner.NETWORK, Audience.ids(page, Network::id));
        return page.map(network -> NetworkView.of(network, shown.getOrDefault(network.id(), Map.of())));
    }

    record NetworkView(
            UUID id,
            String name,
            @Nullable String cidr,
            @Nullable String gateway,
            @Nullable String netmask,
            @Nullable Integer vlan,
            @Nullable String cidr6,
            @Nullable String gateway6,
            @Nullable String dns1,
            @Nullable String dns2,
            @Nullable String ip6Dns1,
            @Nullable String ip6Dns2,
            int rateMbps,
            Map<String, String> details,
            Instant createdAt) {

        static NetworkView of(Network network, Map<String, String> details) {
            return new NetworkView(
                    network.id(),
                    network.name(),
                    network.cidr(),
                    network.gateway(),
                    network.netmask(),
                    network.vlan(),
                    network.cidr6(),
                    network.gateway6(),
                    network.dns1(),
                    network.dns2(),
                    network.ip6Dns1(),
                    network.ip6Dns2(),
                    network.rateMbps(),
                    details,
                    network.createdAt());
        }
    }
}
