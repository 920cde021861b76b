package io.drover.task;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.inventory.Vms;
import io.drover.problem.ProblemException;
import io.drover.text.Cut;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the process engine tells about tasks for people, whichever door they are answered at; every call joins the engine's
 * transaction. What it refuses, no door lets through.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class PersonTasks {
    private static final int LONGEST_NAME = 100;

    private final TaskRepository tasks;
    private final Vms vms;
    private final History history;
    private final Clock clock;

    PersonTasks(TaskRepository tasks, Vms vms, History history, Clock clock) {
        this.tasks = tasks;
        this.vms = vms;
        this.history = history;
        this.clock = clock;
    }

    /** A process asks something of people. */
    public PersonTask asked(AskedTask task) {
        tasks.add(task, Instant.now(clock));
        return tasks.find(task.id()).orElseThrow();
    }

    /** The name of the VM that the task is about. */
    public String vmName(PersonTask task) {
        return vms.get(task.vm()).name();
    }

    /** Whether the task is on record. */
    public boolean isKnown(String task) {
        return tasks.find(task).isPresent();
    }

    /**
     * Somebody else has the task in hand, or others can answer it; both are entered by whoever did it.
     *
     * @param assignee the name of the account that has it in hand now
     * @throws ProblemException when whoever has asked for the operation would have it in hand, and four eyes are asked for
     */
    public void changed(String id, @Nullable String assignee, Set<String> named, @Nullable Actor by) {
        tasks.find(id).ifPresent(task -> {
            task.named().stream()
                    .filter(who -> !named.contains(who) && !Named.isAssignee(who))
                    .forEach(who -> tasks.unname(id, who));
            named.stream().filter(who -> !task.named().contains(who)).forEach(who -> tasks.name(id, who));
            if (!Objects.equals(task.assignee(), assignee)) {
                reassigned(task, assignee, by);
            }
        });
    }

    private void reassigned(PersonTask task, @Nullable String assignee, @Nullable Actor by) {
        if (assignee != null && task.fourEyes() && task.requestedBy().equals(assignee)) {
            throw Rights.fourEyes(task, assignee);
        }
        tasks.assign(task.id(), assignee);
        if (by != null) {
            var kind =
                    assignee == null ? "task.unclaimed" : assignee.equals(by.name()) ? "task.claimed" : "task.assigned";
            enter(task, kind, by, assignee == null ? Map.of() : Map.of("assignee", assignee));
        }
    }

    /**
     * The task is about to be answered, or something of the answer set.
     *
     * @throws ProblemException when four eyes are asked for and it is not known whose these are, or they are the asker's
     */
    public void checkFourEyes(String id, @Nullable Actor by) {
        tasks.find(id).filter(PersonTask::fourEyes).ifPresent(task -> {
            if (by == null) {
                throw ProblemException.forbidden("The task '" + task.name() + "' needs four eyes; log in to answer it");
            }
            Rights.checkFourEyes(by, task);
        });
    }

    /**
     * Somebody has answered.
     *
     * @param values by variable, as they are to be told
     * @throws ProblemException as {@link #checkFourEyes}
     */
    public void answered(String id, @Nullable Actor by, Map<String, ?> values, @Nullable String comment) {
        checkFourEyes(id, by);
        tasks.find(id).ifPresent(task -> {
            tasks.end(id, TaskState.ANSWERED, by == null ? null : by.name(), Instant.now(clock));
            if (by != null) {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("variables", values);
                if (comment != null) {
                    body.put("comment", comment);
                }
                enter(task, "task.answered", by, body);
            }
        });
    }

    /** Nobody need answer any more. */
    public void withdrawn(String id) {
        tasks.end(id, TaskState.WITHDRAWN, null, Instant.now(clock));
    }

    private void enter(PersonTask task, String kind, Actor by, Map<String, ?> more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("vm", task.vm());
        body.put("operation", task.operation());
        body.put("requestedBy", task.requestedBy());
        body.putAll(more);
        var name = Cut.to(LONGEST_NAME, task.name());
        history.append(by, kind, new Subject("task", task.id(), name), body);
    }
}
