package io.drover.extension.web;

import io.drover.access.Actor;
import io.drover.extension.Extensions;
import io.drover.extension.Mapping;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Revisions;
import io.drover.page.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/extensions/{ref}/clusters")
@PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
@Tag(name = "Extensions")
class MappingController {
    private final Extensions extensions;
    private final Details details;
    private final Revisions revisions;

    MappingController(Extensions extensions, Details details, Revisions revisions) {
        this.revisions = revisions;
        this.extensions = extensions;
        this.details = details;
    }

    @GetMapping
    @Operation(operationId = "listExtensionClusters", summary = "The clusters the extension serves, all on one page")
    Page<MappingAnswer> list(@PathVariable String ref) {
        var mappings = extensions.mappings(extensions.get(ref));
        return new Page<>(mappings.stream().map(this::answer).toList(), null);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "mapExtension", summary = "Lets the extension serve a cluster")
    MappingAnswer map(@PathVariable String ref, @Valid @RequestBody MapExtensionRequest request, Actor actor) {
        var values = request.details() == null ? Map.<String, String>of() : request.details();
        return answer(extensions.map(ref, request.cluster(), values, actor));
    }

    @PatchMapping("/{cluster}")
    @Operation(operationId = "updateExtensionCluster", summary = "Replaces the mapping's details")
    MappingAnswer update(
            @PathVariable String ref,
            @PathVariable String cluster,
            @Valid @RequestBody UpdateMappingRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var updated = revisions.change(
                ifMatch,
                () -> seen(extensions.mapping(ref, cluster)),
                () -> extensions.updateMapping(ref, cluster, request.details(), actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return answer(updated);
    }

    @GetMapping("/{cluster}")
    @Operation(operationId = "getExtensionCluster", summary = "One cluster the extension serves, by name or id")
    MappingAnswer get(@PathVariable String ref, @PathVariable String cluster, HttpServletResponse response) {
        var found = extensions.mapping(ref, cluster);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return answer(found);
    }

    @DeleteMapping("/{cluster}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "unmapExtension", summary = "Ends the extension's service to a cluster")
    void unmap(@PathVariable String ref, @PathVariable String cluster, Actor actor) {
        extensions.unmap(ref, cluster, actor);
    }

    private static Revisions.Seen seen(Mapping mapping) {
        return new Revisions.Seen(DetailOwner.RESOURCE_MAP, mapping.id(), mapping);
    }

    private MappingAnswer answer(Mapping mapping) {
        return new MappingAnswer(
                mapping.clusterId(), mapping.clusterName(), details.masked(DetailOwner.RESOURCE_MAP, mapping.id()));
    }

    record MapExtensionRequest(
            @NotNull(message = "is missing") String cluster,
            @Nullable Map<String, String> details) {}

    record UpdateMappingRequest(
            @NotNull(message = "is missing") Map<String, String> details) {}

    record MappingAnswer(UUID id, String name, Map<String, String> details) {}
}
