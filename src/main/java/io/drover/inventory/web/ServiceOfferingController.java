package io.drover.inventory.web;

import io.drover.access.Actor;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Revisions;
import io.drover.inventory.ServiceOffering;
import io.drover.inventory.ServiceOfferingSpec;
import io.drover.inventory.ServiceOfferings;
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
@RequestMapping("/api/v1/service-offerings")
@Tag(name = "Service offerings", description = "How large VMs are")
class ServiceOfferingController {
    private final ServiceOfferings serviceOfferings;
    private final Details details;
    private final Revisions revisions;

    ServiceOfferingController(ServiceOfferings serviceOfferings, Details details, Revisions revisions) {
        this.revisions = revisions;
        this.serviceOfferings = serviceOfferings;
        this.details = details;
    }

    @GetMapping
    @Operation(operationId = "listServiceOfferings", summary = "The service offerings in the order of their names")
    Page<ServiceOfferingView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return views(serviceOfferings.list(PageRequest.of(limit, cursor)));
    }

    @PostMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createServiceOffering", summary = "Add a service offering")
    ResponseEntity<ServiceOfferingView> create(@RequestBody ServiceOfferingSpec body, Actor actor) {
        var created = serviceOfferings.create(body, actor);
        return ResponseEntity.created(URI.create("/api/v1/service-offerings/" + created.id()))
                .body(view(created));
    }

    @GetMapping("/{reference}")
    @Operation(operationId = "getServiceOffering", summary = "One service offering by name or id")
    ServiceOfferingView get(@PathVariable String reference, HttpServletResponse response) {
        var found = serviceOfferings.get(reference);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return view(found);
    }

    @PatchMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Operation(operationId = "updateServiceOffering", summary = "Change the given fields of a service offering")
    ServiceOfferingView update(
            @PathVariable String reference,
            @RequestBody ServiceOfferingSpec body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var updated = revisions.change(
                ifMatch,
                () -> seen(serviceOfferings.get(reference)),
                () -> serviceOfferings.update(reference, body, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return view(updated);
    }

    @DeleteMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteServiceOffering", summary = "Remove a service offering that nothing uses")
    void delete(@PathVariable String reference, Actor actor) {
        serviceOfferings.delete(reference, actor);
    }

    private static Revisions.Seen seen(ServiceOffering thing) {
        return new Revisions.Seen(DetailOwner.SERVICE_OFFERING, thing.id(), thing);
    }

    private ServiceOfferingView view(ServiceOffering one) {
        return views(new Page<>(List.of(one), null)).items().get(0);
    }

    private Page<ServiceOfferingView> views(Page<ServiceOffering> page) {
        var shown = details.masked(DetailOwner.SERVICE_OFFERING, Audience.ids(page, ServiceOffering::id));
        return page.map(offering -> new ServiceOfferingView(
                offering.id(),
                offering.name(),
                offering.cpus(),
                offering.cpuSpeedMhz(),
                offering.memoryMib(),
                shown.getOrDefault(offering.id(), Map.of()),
                offering.createdAt()));
    }

    record ServiceOfferingView(
            UUID id,
            String name,
            int cpus,
            int cpuSpeedMhz,
            int memoryMib,
            Map<String, String> details,
            Instant createdAt) {}
}
