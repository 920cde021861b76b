package io.drover.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Actor;
import io.drover.access.CurrentActor;
import io.drover.operation.StepAnswer;
import io.drover.problem.ProblemException;
import io.drover.task.AskedTask;
import io.drover.task.Named;
import io.drover.task.PersonTasks;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps what operations ask of people, and what those answer, on the record, whichever door it is answered at. */
@Component
class Persons {
    private final ObjectProvider<PersonTasks> tasks;
    private final Waits waits;
    private final CurrentActor currentActor;
    private final ObjectMapper json;

    Persons(ObjectProvider<PersonTasks> tasks, Waits waits, CurrentActor currentActor, ObjectMapper json) {
        this.tasks = tasks;
        this.waits = waits;
        this.currentActor = currentActor;
        this.json = json;
    }

    /** A process has come to a task for a person. */
    void asked(DelegateTask task, boolean fourEyes) {
        waits.personAsked(task);
        record(task, fourEyes);
    }

    /** A process came to it before there was a record of such tasks. */
    void takenOver(DelegateTask task, boolean fourEyes) {
        if (!tasks.getObject().isKnown(task.getId())) {
            record(task, fourEyes);
        }
    }

    private void record(DelegateTask task, boolean fourEyes) {
        OperationKey.outermost(execution(task)).ifPresent(operation -> {
            var named = named(task);
            if (task.getAssignee() != null) {
                named.add(Named.assignee(task.getAssignee()));
            }
            var asked = tasks.getObject()
                    .asked(new AskedTask(
                            task.getId(),
                            operation,
                            task.getTaskDefinitionKey(),
                            Waits.name(task),
                            task.getDescription(),
                            fourEyes,
                            task.getAssignee(),
                            named));
            ProcessVariables.set(process(task), ProcessVariables.REQUESTED_BY, asked.requestedBy());
            if (task.getDescription() == null || task.getDescription().isBlank()) {
                task.setDescription("VM " + tasks.getObject().vmName(asked) + ", asked for by " + asked.requestedBy());
            }
        });
    }

    /** Somebody else has it in hand, or others can answer it. */
    void changed(DelegateTask task) {
        tasks.getObject().changed(task.getId(), task.getAssignee(), named(task), actor());
    }

    /** @throws BadUserRequestException when four eyes are wanted and whoever has asked for the operation would answer */
    void checkFourEyes(String task) {
        try {
            tasks.getObject().checkFourEyes(task, actor());
        } catch (ProblemException e) {
            throw new BadUserRequestException(e.getMessage(), e);
        }
    }

    /** Somebody has answered it. */
    void answered(DelegateTask task) {
        var actor = actor();
        var given = CommandNotes.current().answer(task.getId());
        var told = GivenAnswer.told(given.variables());
        var comment = given.comment() == null ? GivenAnswer.comment(given.variables()) : given.comment();
        tasks.getObject().answered(task.getId(), actor, told, comment);
        if (actor == null) {
            waits.personGone(task);
            return;
        }
        waits.personAnswered(task, new StepAnswer(actor.name(), text(told), comment));
        if (!task.getExecution().isCanceled()
                && OperationKey.outermost(execution(task)).isPresent()) {
            ProcessVariables.set(process(task), ProcessVariables.ANSWERED_BY, actor.name());
            ProcessVariables.set(process(task), ProcessVariables.COMMENT, comment == null ? "" : comment);
        }
    }

    /** It has gone: something has cut it off, an error that was given as its answer among others. */
    void gone(DelegateTask task) {
        if (CommandNotes.current().isAnswered(task.getId())) {
            answered(task);
        } else {
            tasks.getObject().withdrawn(task.getId());
            waits.personGone(task);
        }
    }

    private @Nullable Actor actor() {
        return currentActor.get().orElse(null);
    }

    private static ExecutionEntity execution(DelegateTask task) {
        return (ExecutionEntity) task.getExecution();
    }

    private static ExecutionEntity process(DelegateTask task) {
        return execution(task).getProcessInstance();
    }

    private static Set<String> named(DelegateTask task) {
        Set<String> named = new TreeSet<>();
        for (IdentityLink link : task.getCandidates()) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType())) {
                named.add(link.getUserId() == null ? Named.group(link.getGroupId()) : Named.account(link.getUserId()));
            }
        }
        return named;
    }

    private String text(Map<String, Object> told) {
        try {
            return json.writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was answered cannot be written as JSON", e);
        }
    }
}
