package io.drover.inventory.web;

import static io.drover.page.Listing.anyOf;

import io.drover.access.Actor;
import io.drover.inventory.Clusters;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Host;
import io.drover.inventory.HostSpec;
import io.drover.inventory.HostState;
import io.drover.inventory.Hosts;
import io.drover.inventory.Revisions;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
@RequestMapping("/api/v1/hosts")
@Tag(name = "Hosts", description = "Machines or external systems that VMs run on")
class HostController {
    private final Hosts hosts;
    private final Details details;
    private final Clusters clusters;
    private final Revisions revisions;

    HostController(Hosts hosts, Details details, Clusters clusters, Revisions revisions) {
        this.revisions = revisions;
        this.hosts = hosts;
        this.details = details;
        this.clusters = clusters;
    }

    @GetMapping
    @Refuses(also = Kind.NOT_FOUND)
    @Operation(operationId = "listHosts", summary = "The hosts in the order of their names")
    Page<HostView> list(
            @RequestParam(required = false) @Nullable Set<String> cluster,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        return views(hosts.list(PageRequest.of(limit, cursor), anyOf(cluster)), actor);
    }

    @PostMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createHost", summary = "Add a host")
    ResponseEntity<HostView> create(@RequestBody HostSpec body, Actor actor) {
        var created = hosts.create(body, actor);
        return ResponseEntity.created(URI.create("/api/v1/hosts/" + created.id()))
                .body(view(created, actor));
    }

    @GetMapping("/{reference}")
    @Operation(operationId = "getHost", summary = "One host by name or id")
    HostView get(@PathVariable String reference, Actor actor, HttpServletResponse response) {
        var found = hosts.get(reference);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return view(found, actor);
    }

    @PatchMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Operation(operationId = "updateHost", summary = "Change the given fields of a host")
    HostView update(
            @PathVariable String reference,
            @RequestBody HostSpec body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var updated =
                revisions.change(ifMatch, () -> seen(hosts.get(reference)), () -> hosts.update(reference, body, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return view(updated, actor);
    }

    @DeleteMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteHost", summary = "Remove a host that nothing uses")
    void delete(@PathVariable String reference, Actor actor) {
        hosts.delete(reference, actor);
    }

    private static Revisions.Seen seen(Host thing) {
        return new Revisions.Seen(DetailOwner.HOST, thing.id(), thing);
    }

    private HostView view(Host one, Actor actor) {
        return views(new Page<>(List.of(one), null), actor).items().get(0);
    }

    private Page<HostView> views(Page<Host> page, Actor actor) {
        var shown = Audience.of(actor, details, DetailOwner.HOST, Audience.ids(page, Host::id));
        var names = clusters.names(Audience.ids(page, Host::clusterId));
        return page.map(host -> new HostView(
                host.id(),
                host.name(),
                Named.of(host.clusterId(), names),
                host.state(),
                shown.get(host.id()),
                host.createdAt()));
    }

    record HostView(
            UUID id,
            String name,
            @Nullable Named cluster,
            HostState state,
            @Nullable Map<String, String> details,
            Instant createdAt) {}
}
