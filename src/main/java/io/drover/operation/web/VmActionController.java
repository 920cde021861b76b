package io.drover.operation.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.drover.access.Actor;
import io.drover.extension.action.CustomAction;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ParameterDefinition;
import io.drover.operation.VmActions;
import io.drover.page.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/vms/{vm}/actions")
@Tag(name = "Custom actions")
class VmActionController {
    private final VmActions actions;
    private final OperationViews views;
    private final RequestDigests digests;

    VmActionController(VmActions actions, OperationViews views, RequestDigests digests) {
        this.actions = actions;
        this.views = views;
        this.digests = digests;
    }

    @GetMapping
    @Operation(
            operationId = "listVmActions",
            summary = "The custom actions that the caller may run on the VM, by name, all on one page")
    Page<VmAction> list(@PathVariable String vm, Actor actor) {
        return new Page<>(actions.list(vm, actor).stream().map(VmAction::of).toList(), null);
    }

    @PostMapping("/{action}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "runVmAction", summary = "Run a custom action on a VM")
    ResponseEntity<OperationView> run(
            @PathVariable String vm,
            @PathVariable String action,
            @RequestBody(required = false) @Nullable RunActionRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            Actor actor) {
        var given = request == null || request.parameters() == null ? Map.<String, JsonNode>of() : request.parameters();
        var once = digests.key(key, ActionDefinition.VERB + " " + action, vm, given);
        var operation = actions.run(vm, action, given, actor, once);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/operations/" + operation.id()))
                .body(views.whole(operation));
    }

    /** @param parameters name to value, as the action's definition says */
    record RunActionRequest(
            @Nullable @JsonDeserialize(using = ExactValues.class)
            Map<String, JsonNode> parameters) {}

    /** @param timeout seconds */
    record VmAction(
            UUID id, String name, @Nullable String description, List<ParameterDefinition> parameters, int timeout) {
        static VmAction of(CustomAction action) {
            var definition = action.definition();
            return new VmAction(
                    action.id(),
                    action.name(),
                    definition.description(),
                    definition.parameters(),
                    definition.timeoutSeconds());
        }
    }
}
