package io.drover.operation.web;

import static io.drover.page.Listing.anyOf;

import io.drover.access.Actor;
import io.drover.inventory.Vms;
import io.drover.operation.HandedSecrets;
import io.drover.operation.HandedSecrets.Handed;
import io.drover.operation.OperationQuery;
import io.drover.operation.OperationState;
import io.drover.operation.Operations;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/operations")
@Tag(name = "Operations", description = "What was asked of VMs, and how far it has got")
class OperationController {
    private final Operations operations;
    private final OperationViews views;
    private final Vms vms;
    private final LaterAnswers later;
    private final HandedSecrets secrets;

    OperationController(
            Operations operations, OperationViews views, Vms vms, LaterAnswers later, HandedSecrets secrets) {
        this.later = later;
        this.secrets = secrets;
        this.operations = operations;
        this.views = views;
        this.vms = vms;
    }

    @GetMapping
    @Refuses(also = Kind.NOT_FOUND)
    @Operation(operationId = "listOperations", summary = "The operations that match, newest first")
    Page<OperationView> list(
            @RequestParam(required = false) @Nullable Set<String> vm,
            @RequestParam(required = false) @Nullable Set<String> verb,
            @RequestParam(required = false) @Nullable Set<OperationState> state,
            @RequestParam(required = false) @Nullable Set<String> requestedBy,
            @RequestParam(required = false) @Nullable Set<String> businessKey,
            @RequestParam(required = false) @Nullable Set<String> processInstance,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        var query = new OperationQuery(
                vms.everKnown(anyOf(vm), actor),
                anyOf(verb),
                anyOf(state),
                anyOf(requestedBy),
                anyOf(businessKey),
                anyOf(processInstance),
                since,
                until);
        return views.brief(operations.list(query, PageRequest.of(limit, cursor), actor));
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getOperation",
            summary = "One operation with its steps",
            description =
                    "With wait, the answer comes when the operation has ended or waits for somebody, or after so many"
                            + " seconds, 0 to 60")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = OperationView.class)))
    Object get(@PathVariable UUID id, @RequestParam(required = false) @Nullable Integer wait, Actor actor) {
        var now = operations.get(id, actor);
        return wait == null || wait == 0 || now.state().ended()
                ? views.explained(now)
                : later.when(id, Duration.ofSeconds(wait), () -> views.explained(operations.get(id, actor)));
    }

    @PostMapping("/{id}/cancel")
    @Operation(operationId = "cancelOperation", summary = "End an operation and the program it is running")
    OperationView cancel(@PathVariable UUID id, Actor actor) {
        return views.whole(operations.cancel(id, actor));
    }

    @PostMapping("/{id}/retry")
    @Operation(operationId = "retryOperation", summary = "Try the step again that the operation is held up at")
    OperationView retry(@PathVariable UUID id, Actor actor) {
        return views.whole(operations.retry(id, actor));
    }

    @PostMapping("/{id}/secrets")
    @Refuses(also = Kind.GONE, never = Kind.CONFLICT)
    @Operation(
            operationId = "fetchOperationSecrets",
            summary = "What a custom action has answered in its secret fields, once and only for who asked for it",
            description =
                    "Several actions of one operation are handed out one by one, in the order in which they were asked for")
    Handed fetchSecrets(@PathVariable UUID id, Actor actor) {
        return secrets.take(id, actor);
    }
}
