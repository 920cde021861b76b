package io.drover.inventory.web;

import io.drover.access.Actor;
import io.drover.inventory.Cluster;
import io.drover.inventory.ClusterSpec;
import io.drover.inventory.Clusters;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
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
@RequestMapping("/api/v1/clusters")
@Tag(name = "Clusters", description = "Hosts that one extension drives")
class ClusterController {
    private final Clusters clusters;
    private final Details details;
    private final Revisions revisions;

    ClusterController(Clusters clusters, Details details, Revisions revisions) {
        this.revisions = revisions;
        this.clusters = clusters;
        this.details = details;
    }

    @GetMapping
    @Operation(operationId = "listClusters", summary = "The clusters in the order of their names")
    Page<ClusterView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        return views(clusters.list(PageRequest.of(limit, cursor)), actor);
    }

    @PostMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createCluster", summary = "Add a cluster")
    ResponseEntity<ClusterView> create(@RequestBody ClusterSpec body, Actor actor) {
        var created = clusters.create(body, actor);
        return ResponseEntity.created(URI.create("/api/v1/clusters/" + created.id()))
                .body(view(created, actor));
    }

    @GetMapping("/{reference}")
    @Operation(operationId = "getCluster", summary = "One cluster by name or id")
    ClusterView get(@PathVariable String reference, Actor actor, HttpServletResponse response) {
        var found = clusters.get(reference);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return view(found, actor);
    }

    @PatchMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Operation(operationId = "updateCluster", summary = "Change the given fields of a cluster")
    ClusterView update(
            @PathVariable String reference,
            @RequestBody ClusterSpec body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var updated = revisions.change(
                ifMatch, () -> seen(clusters.get(reference)), () -> clusters.update(reference, body, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return view(updated, actor);
    }

    @DeleteMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteCluster", summary = "Remove a cluster that nothing uses")
    void delete(@PathVariable String reference, Actor actor) {
        clusters.delete(reference, actor);
    }

    private static Revisions.Seen seen(Cluster thing) {
        return new Revisions.Seen(DetailOwner.CLUSTER, thing.id(), thing);
    }

    private ClusterView view(Cluster one, Actor actor) {
        return views(new Page<>(List.of(one), null), actor).items().get(0);
    }

    private Page<ClusterView> views(Page<Cluster> page, Actor actor) {
        var shown = Audience.of(actor, details, DetailOwner.CLUSTER, Audience.ids(page, Cluster::id));
        return page.map(cluster -> new ClusterView(
                cluster.id(), cluster.name(), cluster.description(), shown.get(cluster.id()), cluster.createdAt()));
    }

    record ClusterView(
            UUID id,
            String name,
            @Nullable String description,
            @Nullable Map<String, String> details,
            Instant createdAt) {}
}
