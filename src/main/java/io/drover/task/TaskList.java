package io.drover.task;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.inventory.Reach;
import io.drover.page.Listing;
import io.drover.page.Listing.Condition;
import io.drover.page.Order;
import io.drover.page.Page;
import io.drover.page.PageReader;
import io.drover.page.PageRequest;
import io.drover.page.Path.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Repository;

/** The list of tasks, newest first: those that {@link Rights} lets somebody see, or answer. */
@Repository
class TaskList {
    private static final Order ORDER = new Order("operation_task", "created_at", "id", text -> text);
    private static final String NAMED =
            "EXISTS (SELECT 1 FROM operation_task_named n WHERE n.task_id = operation_task.id AND n.who IN (%s))";

    private final PageReader pages;
    private final TaskRepository tasks;

    TaskList(PageReader pages, TaskRepository tasks) {
        this.pages = pages;
        this.tasks = tasks;
    }

    Page<PersonTask> find(TaskQuery query, PageRequest page, Actor actor) {
        var list = new Listing(ORDER)
                .filter("operation_id", query.operations())
                .filter("vm_id", query.vms())
                .filter("state", query.states())
                .filter("assignee", query.assignees())
                .where(anyOf(List.of(reached(actor), inHand(actor), named(Named.ofAnyVm(actor)))))
                .along(Step.of("operation_id", query.operations()))
                .along(Step.of("vm_id", query.vms()))
                .along(Step.of("assignee", query.assignees()))
                .alongIfNone(Step.of("state", query.states()));
        if (query.claimed() != null) {
            list.where(Condition.of("assignee IS " + (query.claimed() ? "NOT NULL" : "NULL")));
        }
        if (query.mine()) {
            answerable(actor).forEach(list::where);
        }
        var found = pages.read(list, page, TaskRepository::toTask, task -> Order.position(task.createdAt(), task.id()));
        var all = tasks.named(found.items().stream().map(PersonTask::id).toList());
        return found.map(task -> task.with(all.getOrDefault(task.id(), Set.of())));
    }

    private static List<Condition> answerable(Actor actor) {
        List<Condition> all = new ArrayList<>(List.of(
                Condition.of("(NOT four_eyes OR requester_id <> ?)", actor.id()),
                Condition.of("(assignee IS NULL OR assignee = ?)", actor.name())));
        if (actor.role() != RoleType.ADMIN) {
            var byRole = allOf(reached(actor), named(List.of(Named.ofReach(actor))));
            all.add(anyOf(List.of(inHand(actor), named(Named.ofAnyVm(actor)), byRole)));
        }
        return all;
    }

    private static Condition reached(Actor actor) {
        return Reach.condition("vm_owner_id", "vm_domain", actor);
    }

    private static Condition inHand(Actor actor) {
        return Condition.of("assignee = ?", actor.name());
    }

    private static Condition named(List<String> who) {
        return new Condition(
                NAMED.formatted(String.join(", ", who.stream().map(one -> "?").toList())), who);
    }

    private static Condition allOf(Condition one, Condition other) {
        return joined(List.of(one, other), " AND ");
    }

    private static Condition anyOf(List<Condition> some) {
        return joined(some, " OR ");
    }

    private static Condition joined(List<Condition> some, String word) {
        return new Condition(
                "(" + String.join(word, some.stream().map(Condition::sql).toList()) + ")",
                some.stream().flatMap(one -> one.values().stream()).toList());
    }
}
