package io.drover.operation.web;

import static io.drover.page.Listing.anyOf;

import io.drover.access.Actor;
import io.drover.inventory.Vms;
import io.drover.operation.ActionQuery;
import io.drover.operation.ActionState;
import io.drover.operation.Actions;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/actions")
@Tag(
        name = "Actions",
        description = "Every run of an extension: by whom, when, with which program, and what came of it")
class ActionController {
    private final Actions actions;
    private final ActionViews views;
    private final Vms vms;

    ActionController(Actions actions, ActionViews views, Vms vms) {
        this.actions = actions;
        this.views = views;
        this.vms = vms;
    }

    @GetMapping
    @Refuses(also = Kind.NOT_FOUND)
    @Operation(
            operationId = "listActions",
            summary = "The actions that match, newest first; outputs are shortened to 2,000 characters each")
    Page<ActionView> list(
            @RequestParam(required = false) @Nullable Set<String> vm,
            @RequestParam(required = false) @Nullable Set<UUID> operation,
            @RequestParam(required = false) @Nullable Set<String> verb,
            @RequestParam(required = false) @Nullable Set<ActionState> state,
            @RequestParam(required = false) @Nullable Set<String> requestedBy,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        var query = new ActionQuery(
                vms.everKnown(anyOf(vm), actor),
                anyOf(operation),
                anyOf(verb),
                anyOf(state),
                anyOf(requestedBy),
                since,
                until);
        return views.brief(actions.list(query, PageRequest.of(limit, cursor), actor), actor);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getAction", summary = "One action with everything on its record")
    ActionView get(@PathVariable UUID id, Actor actor) {
        return views.whole(actions.get(id, actor), actor);
    }
}
