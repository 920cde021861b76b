package io.drover.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What operations ask of people, for those who may answer. */
@Service
public class Tasks {
    /** The longest comment, in characters. */
    public static final int LONGEST_COMMENT = 2000;

    private final TaskRepository repository;
    private final TaskList lists;
    private final TaskWorkflow workflow;

    Tasks(TaskRepository repository, TaskList lists, TaskWorkflow workflow) {
        this.repository = repository;
        this.lists = lists;
        this.workflow = workflow;
    }

    /** The tasks that match and that the actor may answer or whose operations it may see, newest first. */
    public Page<PersonTask> list(TaskQuery query, PageRequest page, Actor actor) {
        return lists.find(query, page, actor);
    }

    /**
     * One task.
     *
     * @throws ProblemException when there is no such task, or the actor may neither answer it nor see its operation
     */
    public PersonTask get(String id, Actor actor) {
        return repository
                .find(id)
                .filter(task -> Rights.sees(actor, task))
                .orElseThrow(() -> ProblemException.notFound("task", id));
    }

    /** What the task can be answered with; null when it cannot be answered any more. */
    public @Nullable List<FormField> form(PersonTask task) {
        return task.state() == TaskState.OPEN ? shown(workflow.form(task.id())) : null;
    }

    /** Whether the actor may answer it once it has it in hand. */
    public boolean mayAnswer(PersonTask task, Actor actor) {
        return task.state() == TaskState.OPEN && Rights.mayAnswer(actor, task);
    }

    /**
     * The actor takes the task in hand, so that nobody else answers it.
     *
     * @throws ProblemException when it may not answer it, or somebody else has it in hand
     */
    @Transactional
    public PersonTask claim(String id, Actor actor) {
        checkFree(answerable(id, actor), actor);
        workflow.assign(id, actor.name());
        return get(id, actor);
    }

    /**
     * Gives the task back; an Admin also that of somebody else.
     *
     * @throws ProblemException when somebody else has it in hand
     */
    @Transactional
    public PersonTask unclaim(String id, Actor actor) {
        var task = open(id, actor);
        if (actor.role() != RoleType.ADMIN) {
            Rights.checkAnswers(actor, task);
            checkFree(task, actor);
        }
        if (task.assignee() != null) {
            workflow.assign(id, null);
        }
        return repository.find(id).orElseThrow();
    }

    /**
     * Answers the task.
     *
     * @param given by the names of its form's fields
     * @throws ProblemException when the actor may not, somebody else has it in hand, or the answer does not fit the form
     */
    @Transactional
    public PersonTask answer(String id, Map<String, JsonNode> given, @Nullable String comment, Actor actor) {
        var task = answerable(id, actor);
        checkFree(task, actor);
        var fields = workflow.form(id);
        var words = comment == null || comment.isBlank() ? null : comment.strip();
        var values = AnswerForm.read(shown(fields), given, wrong(words));
        workflow.answer(id, values, words, !fields.isEmpty());
        return repository.find(id).orElseThrow();
    }

    private static List<FormField> shown(List<FormField> fields) {
        return fields.isEmpty() ? AnswerForm.APPROVAL : fields;
    }

    private static List<Violation> wrong(@Nullable String comment) {
        if (comment == null || comment.length() <= LONGEST_COMMENT && comment.indexOf('\0') < 0) {
            return List.of();
        }
        return List.of(new Violation(
                "/comment",
                "must have at most " + LONGEST_COMMENT + " characters, none of them NUL; it has " + comment.length(),
                null));
    }

    private PersonTask answerable(String id, Actor actor) {
        var task = open(id, actor);
        Rights.checkAnswers(actor, task);
        return task;
    }

    private PersonTask open(String id, Actor actor) {
        var task = get(id, actor);
        if (task.state() != TaskState.OPEN) {
            throw ProblemException.conflict(
                    "task-ended",
                    "The task '" + task.name() + "' "
                            + (task.answeredBy() == null
                                    ? "is no longer waited for"
                                    : "has been answered by " + task.answeredBy()));
        }
        return task;
    }

    private static void checkFree(PersonTask task, Actor actor) {
        if (task.assignee() != null && !task.assignee().equals(actor.name())) {
            throw ProblemException.conflict(
                    "task-claimed",
                    "The task '" + task.name() + "' is in the hands of " + task.assignee()
                            + ", who can give it back, as can an Admin, by POST /api/v1/tasks/" + task.id()
                            + "/unclaim");
        }
    }
}
