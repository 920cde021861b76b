package io.drover.extension.web;

import io.drover.access.Actor;
import io.drover.extension.Extension;
import io.drover.extension.ExtensionUpdate;
import io.drover.extension.Extensions;
import io.drover.extension.NewExtension;
import io.drover.extension.RescanReport;
import io.drover.extension.Scaffold;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Revisions;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Map;
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
@RequestMapping("/api/v1/extensions")
@PreAuthorize("hasAnyRole('ADMIN', 'RESOURCE_ADMIN')")
@Tag(name = "Extensions", description = "The executables that drive external systems")
class ExtensionController {
    private final Extensions extensions;
    private final ExtensionAnswers answers;
    private final Revisions revisions;

    ExtensionController(Extensions extensions, ExtensionAnswers answers, Revisions revisions) {
        this.revisions = revisions;
        this.extensions = extensions;
        this.answers = answers;
    }

    @GetMapping
    @Operation(operationId = "listExtensions", summary = "The registered extensions, by name")
    Page<ExtensionAnswer> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return extensions.list(PageRequest.of(limit, cursor)).map(answers::of);
    }

    @PostMapping
    @PreAuthorize("hasRole('ADMIN')")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createExtension",
            summary = "Registers an extension, with a program to fill in (bash, python or java) where it has no path")
    ResponseEntity<ExtensionAnswer> create(@Valid @RequestBody CreateExtensionRequest request, Actor actor) {
        var extension = extensions.create(request.toNewExtension(), actor);
        return ResponseEntity.created(URI.create("/api/v1/extensions/" + extension.id()))
                .body(answers.of(extension));
    }

    @GetMapping("/{ref}")
    @Operation(operationId = "getExtension", summary = "One extension, by name or id")
    ExtensionAnswer get(@PathVariable String ref, HttpServletResponse response) {
        var found = extensions.get(ref);
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(found)));
        return answers.of(found);
    }

    @PatchMapping("/{ref}")
    @Operation(operationId = "updateExtension", summary = "Changes the description, the state or all details")
    ExtensionAnswer update(
            @PathVariable String ref,
            @Valid @RequestBody UpdateExtensionRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Actor actor,
            HttpServletResponse response) {
        var update = new ExtensionUpdate(request.description(), request.enabled(), request.details());
        var updated =
                revisions.change(ifMatch, () -> seen(extensions.get(ref)), () -> extensions.update(ref, update, actor));
        response.setHeader(HttpHeaders.ETAG, revisions.of(seen(updated)));
        return answers.of(updated);
    }

    @DeleteMapping("/{ref}")
    @PreAuthorize("hasRole('ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteExtension", summary = "Takes an extension out of the registry")
    void delete(@PathVariable String ref, @RequestParam(defaultValue = "false") boolean cleanup, Actor actor) {
        extensions.delete(ref, cleanup, actor);
    }

    @PostMapping("/{ref}/enable")
    @PreAuthorize("hasRole('ADMIN')")
    @Refuses(never = Kind.CONFLICT)
    @Operation(operationId = "enableExtension", summary = "Lets operations use the extension")
    ExtensionAnswer enable(@PathVariable String ref, Actor actor) {
        return answers.of(extensions.enable(ref, actor));
    }

    @PostMapping("/{ref}/disable")
    @Refuses(never = Kind.CONFLICT)
    @Operation(operationId = "disableExtension", summary = "Keeps operations from using the extension")
    ExtensionAnswer disable(@PathVariable String ref, Actor actor) {
        return answers.of(extensions.disable(ref, actor));
    }

    @PostMapping("/rescan")
    @Refuses(never = Kind.CONFLICT)
    @Operation(operationId = "rescanExtensions", summary = "Registers new folders and takes over changed manifests")
    RescanReport rescan(Actor actor) {
        return extensions.rescan(actor);
    }

    private static Revisions.Seen seen(Extension extension) {
        var shown = extension.name() + "\0" + extension.description() + "\0" + extension.enabled();
        return new Revisions.Seen(DetailOwner.EXTENSION, extension.id(), shown);
    }

    record CreateExtensionRequest(
            @NotNull(message = "is missing") String name,
            @Nullable String description,
            @Nullable String path,
            @Nullable Map<String, String> details,
            @Nullable Boolean prepare,
            @Nullable Boolean enabled,
            @Nullable String language) {

        NewExtension toNewExtension() {
            return new NewExtension(
                    name,
                    description,
                    path,
                    details == null ? Map.of() : details,
                    Boolean.TRUE.equals(prepare),
                    !Boolean.FALSE.equals(enabled),
                    language == null ? null : Scaffold.Language.named(language));
        }
    }

    record UpdateExtensionRequest(
            @Nullable String description,
            @Nullable Boolean enabled,
            @Nullable Map<String, String> details) {}
}
