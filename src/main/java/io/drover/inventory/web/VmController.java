package io.drover.inventory.web;

import static io.drover.page.Listing.anyOf;

import io.drover.access.Actor;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.PowerState;
import io.drover.inventory.Revisions;
import io.drover.inventory.Vm;
import io.drover.inventory.VmQuery;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/vms")
@Tag(name = "VMs", description = "Virtual machines and what is known of them")
class VmController {
    private final Vms vms;
    private final VmViews views;
    private final Revisions revisions;

    VmController(Vms vms, VmViews views, Revisions revisions) {
        this.revisions = revisions;
        this.vms = vms;
        this.views = views;
    }

    @GetMapping
    @Refuses(also = Kind.NOT_FOUND)
    @Operation(operationId = "listVms", summary = "The VMs that match and that the caller reaches, newest first")
    Page<VmView> list(
            @RequestParam(required = false) @Nullable Set<VmState> state,
            @RequestParam(required = false) @Nullable Set<PowerState> powerState,
            @RequestParam(required = false) @Nullable Set<String> cluster,
            @RequestParam(required = false) @Nullable Set<String> host,
            @RequestParam(required = false) @Nullable Set<String> template,
            @RequestParam(required = false) @Nullable Set<String> name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        var query =
                new VmQuery(anyOf(state), anyOf(powerState), anyOf(cluster), anyOf(host), anyOf(template), anyOf(name));
        return views.of(vms.list(query, PageRequest.of(limit, cursor), actor), actor);
    }

    @GetMapping("/{reference}")
    @Operation(operationId = "getVm", summary = "One VM by name or id")
    VmView get(@PathVariable String reference, Actor actor, HttpServletResponse response) {
        var found = vms.get(reference, actor);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return views.of(found, actor);
    }

    @PatchMapping("/{reference}")
    @Operation(operationId = "updateVm", summary = "Set or remove single details of a VM")
    VmView update(
            @PathVariable String reference,
            @RequestBody VmChange body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var changes = Objects.requireNonNullElse(body.details(), Map.<String, @Nullable String>of());
        var updated = revisions.change(
                ifMatch, () -> seen(vms.get(reference, actor)), () -> vms.update(reference, changes, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return views.of(updated, actor);
    }

    /** What happens to a VM by itself makes no other version of it. */
    private static Revisions.Seen seen(Vm vm) {
        return new Revisions.Seen(DetailOwner.VM, vm.id(), vm.name());
    }

    /** @param details set one by one; null for a detail removes it */
    record VmChange(@Nullable Map<String, @Nullable String> details) {}
}
