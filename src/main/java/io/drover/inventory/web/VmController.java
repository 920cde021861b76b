package io.drover.inventory.web;

import io.drover.access.Actor;
import io.drover.inventory.VmQuery;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/vms")
@Tag(name = "VMs", description = "Virtual machines and what is known of them")
class VmController {
    private final Vms vms;
    private final VmViews views;

    VmController(Vms vms, VmViews views) {
        this.vms = vms;
        this.views = views;
    }

    @GetMapping
    @Operation(operationId = "listVms", summary = "The VMs that match and that the caller reaches, newest first")
    Page<VmView> list(
            @RequestParam(required = false) @Nullable VmState state,
            @RequestParam(required = false) @Nullable String cluster,
            @RequestParam(required = false) @Nullable String host,
            @RequestParam(required = false) @Nullable String template,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        return views.of(
                vms.list(new VmQuery(state, cluster, host, template, name), PageRequest.of(limit, cursor), actor),
                actor);
    }

    @GetMapping("/{reference}")
    @Operation(operationId = "getVm", summary = "One VM by name or id")
    VmView get(@PathVariable String reference, Actor actor) {
        return views.of(vms.get(reference, actor), actor);
    }

    @PatchMapping("/{reference}")
    @Operation(operationId = "updateVm", summary = "Set or remove single details of a VM")
    VmView update(@PathVariable String reference, @RequestBody VmChange body, Actor actor) {
        return views.of(vms.update(reference, Objects.requireNonNullElse(body.details(), Map.of()), actor), actor);
    }

    /** @param details set one by one; null for a detail removes it */
    record VmChange(@Nullable Map<String, @Nullable String> details) {}
}
