package io.drover.task.web;

import static io.drover.page.Listing.anyOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.Actor;
import io.drover.inventory.Vms;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.task.FormField;
import io.drover.task.PersonTask;
import io.drover.task.TaskQuery;
import io.drover.task.TaskState;
import io.drover.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tasks")
@Tag(name = "Tasks", description = "What operations ask of people")
class TaskController {
    private final Tasks tasks;
    private final Vms vms;

    TaskController(Tasks tasks, Vms vms) {
        this.tasks = tasks;
        this.vms = vms;
    }

    @GetMapping
    @Operation(
            operationId = "listTasks",
            summary = "The tasks that match, newest first",
            description =
                    "Open ones, unless state says otherwise. With claimed, those that somebody has in hand, or nobody;"
                            + " with mine=true, those that the caller can answer as they are")
    Page<TaskView> list(
            @RequestParam(required = false) @Nullable Set<UUID> operation,
            @RequestParam(required = false) @Nullable Set<String> vm,
            @RequestParam(required = false) @Nullable Set<TaskState> state,
            @RequestParam(required = false) @Nullable Set<String> assignee,
            @RequestParam(required = false) @Nullable Boolean claimed,
            @RequestParam(required = false) @Nullable Boolean mine,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Actor actor) {
        var query = new TaskQuery(
                anyOf(operation),
                vms.everKnown(anyOf(vm), actor),
                state == null || state.isEmpty() ? Set.of(TaskState.OPEN) : state,
                anyOf(assignee),
                claimed,
                Boolean.TRUE.equals(mine));
        var page = tasks.list(query, PageRequest.of(limit, cursor), actor);
        var names = vms.names(page.items().stream().map(PersonTask::vm).collect(Collectors.toSet()));
        return page.map(task -> view(task, String.valueOf(names.get(task.vm())), null, actor));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getTask", summary = "One task, with what it can be answered with")
    TaskView get(@PathVariable String id, Actor actor) {
        return view(tasks.get(id, actor), actor);
    }

    @PostMapping("/{id}/claim")
    @Operation(operationId = "claimTask", summary = "Take a task in hand, so that nobody else answers it")
    TaskView claim(@PathVariable String id, Actor actor) {
        return view(tasks.claim(id, actor), actor);
    }

    @PostMapping("/{id}/unclaim")
    @Operation(operationId = "unclaimTask", summary = "Give a task back; an Admin also that of somebody else")
    TaskView unclaim(@PathVariable String id, Actor actor) {
        return view(tasks.unclaim(id, actor), actor);
    }

    @PostMapping("/{id}/answer")
    @Operation(operationId = "answerTask", summary = "Answer a task; its operation goes on")
    TaskView answer(
            @PathVariable String id, @RequestBody(required = false) @Nullable AnswerRequest request, Actor actor) {
        var given = request == null || request.variables() == null ? Map.<String, JsonNode>of() : request.variables();
        return view(tasks.answer(id, given, request == null ? null : request.comment(), actor), actor);
    }

    /**
     * An answer.
     *
     * @param variables by the names of the form's fields; of a task without a form {@code approved} alone
     * @param comment in the person's own words, up to 2000 characters
     */
    record AnswerRequest(
            @Nullable Map<String, JsonNode> variables,
            @Nullable String comment) {}

    private TaskView view(PersonTask task, Actor actor) {
        return view(task, vms.get(task.vm()).name(), tasks.form(task), actor);
    }

    private TaskView view(PersonTask task, String vmName, @Nullable List<FormField> form, Actor actor) {
        return new TaskView(
                task.id(),
                task.name(),
                task.activity(),
                task.description(),
                task.operation(),
                task.vm(),
                vmName,
                task.requestedBy(),
                task.fourEyes(),
                task.accounts(),
                task.roles(),
                task.domains(),
                task.state(),
                task.assignee(),
                tasks.mayAnswer(task, actor),
                task.createdAt(),
                task.endedAt(),
                task.answeredBy(),
                form);
    }
}
