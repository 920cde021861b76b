package io.drover.extension.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.Actor;
import io.drover.extension.Extensions;
import io.drover.extension.action.CustomAction;
import io.drover.extension.action.CustomActions;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Revisions;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
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
@RequestMapping("/api/v1/extensions/{ref}/actions")
@PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
@Tag(name = "Custom actions", description = "What extensions can be asked besides the verbs of the contract")
class CustomActionController {
    private final Extensions extensions;
    private final CustomActions actions;
    private final CustomActionAnswers answers;
    private final Revisions revisions;

    CustomActionController(
            Extensions extensions, CustomActions actions, CustomActionAnswers answers, Revisions revisions) {
        this.revisions = revisions;
        this.extensions = extensions;
        this.actions = actions;
        this.answers = answers;
    }

    @GetMapping
    @Operation(operationId = "listCustomActions", summary = "The extension's custom actions, by name")
    Page<CustomActionAnswer> list(
            @PathVariable String ref,
            @RequestParam(required = false) @Nullable Boolean enabled,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return answers.of(actions.list(extensions.get(ref), enabled, PageRequest.of(limit, cursor)));
    }

    @PostMapping
    @PreAuthorize("hasRole('ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createCustomAction",
            summary = "Defines a custom action",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = CustomActionBody.class))))
    ResponseEntity<CustomActionAnswer> create(@PathVariable String ref, @RequestBody JsonNode body, Actor actor) {
        var extension = extensions.get(ref);
        var action = actions.create(extension, body, actor);
        return ResponseEntity.created(URI.create("/api/v1/extensions/" + extension.id() + "/actions/" + action.id()))
                .body(answers.of(action));
    }

    @GetMapping("/{action}")
    @Operation(operationId = "getCustomAction", summary = "One custom action, by name or id")
    CustomActionAnswer get(@PathVariable String ref, @PathVariable String action, HttpServletResponse response) {
        var found = actions.get(extensions.get(ref), action);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return answers.of(found);
    }

    @PatchMapping("/{action}")
    @Operation(
            operationId = "updateCustomAction",
            summary = "Changes the fields that are given; of an action from a manifest only whether it is enabled",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = CustomActionBody.class))))
    CustomActionAnswer update(
            @PathVariable String ref,
            @PathVariable String action,
            @RequestBody JsonNode changes,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var extension = extensions.get(ref);
        var updated = revisions.change(
                ifMatch,
                () -> seen(actions.get(extension, action)),
                () -> actions.update(extension, action, changes, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return answers.of(updated);
    }

    @DeleteMapping("/{action}")
    @PreAuthorize("hasRole('ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteCustomAction", summary = "Removes a custom action that a person has defined")
    void delete(@PathVariable String ref, @PathVariable String action, Actor actor) {
        actions.delete(extensions.get(ref), action, actor);
    }

    private Revisions.Seen seen(CustomAction action) {
        return new Revisions.Seen(DetailOwner.CUSTOM_ACTION, action.id(), answers.of(action));
    }
}
