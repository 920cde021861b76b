package io.drover.inventory.web;

import io.drover.access.Actor;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Revisions;
import io.drover.inventory.Template;
import io.drover.inventory.TemplateSpec;
import io.drover.inventory.Templates;
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
@RequestMapping("/api/v1/templates")
@Tag(name = "Templates", description = "What VMs are made from")
class TemplateController {
    private final Templates templates;
    private final Details details;
    private final Revisions revisions;

    TemplateController(Templates templates, Details details, Revisions revisions) {
        this.revisions = revisions;
        this.templates = templates;
        this.details = details;
    }

    @GetMapping
    @Operation(operationId = "listTemplates", summary = "The templates in the order of their names")
    Page<TemplateView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return views(templates.list(PageRequest.of(limit, cursor)));
    }

    @PostMapping
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createTemplate", summary = "Add a template")
    ResponseEntity<TemplateView> create(@RequestBody TemplateSpec body, Actor actor) {
        var created = templates.create(body, actor);
        return ResponseEntity.created(URI.create("/api/v1/templates/" + created.id()))
                .body(view(created));
    }

    @GetMapping("/{reference}")
    @Operation(operationId = "getTemplate", summary = "One template by name or id")
    TemplateView get(@PathVariable String reference, HttpServletResponse response) {
        var found = templates.get(reference);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return view(found);
    }

    @PatchMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @Operation(operationId = "updateTemplate", summary = "Change the given fields of a template")
    TemplateView update(
            @PathVariable String reference,
            @RequestBody TemplateSpec body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var updated = revisions.change(
                ifMatch, () -> seen(templates.get(reference)), () -> templates.update(reference, body, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return view(updated);
    }

    @DeleteMapping("/{reference}")
    @PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteTemplate", summary = "Remove a template that nothing uses")
    void delete(@PathVariable String reference, Actor actor) {
        templates.delete(reference, actor);
    }

    private static Revisions.Seen seen(Template thing) {
        return new Revisions.Seen(DetailOwner.TEMPLATE, thing.id(), thing);
    }

    private TemplateView view(Template one) {
        return views(new Page<>(List.of(one), null)).items().get(0);
    }

    private Page<TemplateView> views(Page<Template> page) {
        var shown = details.masked(DetailOwner.TEMPLATE, Audience.ids(page, Template::id));
        var extensions = templates.extensionNames(page.items());
        return page.map(template -> new TemplateView(
                template.id(),
                template.name(),
                template.description(),
                template.arch(),
                Named.of(template.extensionId(), extensions),
                shown.getOrDefault(template.id(), Map.of()),
                template.createdAt()));
    }

    record TemplateView(
            UUID id,
            String name,
            @Nullable String description,
            String arch,
            @Nullable Named extension,
            Map<String, String> details,
            Instant createdAt) {}
}
