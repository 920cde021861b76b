package io.drover.workflow.web;

import io.drover.access.Accounts;
import io.drover.access.CurrentActor;
import io.drover.access.RoleType;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.rest.dto.externaltask.FetchExternalTasksDto;
import org.camunda.bpm.engine.rest.dto.externaltask.FetchExternalTasksDto.FetchExternalTaskTopicDto;
import org.springframework.stereotype.Component;

/** Keeps a Worker to the external tasks of its topics: those that it asks for, and those that it does something to. */
@Component
class WorkerTopics implements ContainerRequestFilter, ReaderInterceptor {
    private final Accounts accounts;
    private final CurrentActor currentActor;
    private final ExternalTaskService tasks;

    WorkerTopics(Accounts accounts, CurrentActor currentActor, ExternalTaskService tasks) {
        this.accounts = accounts;
        this.currentActor = currentActor;
        this.tasks = tasks;
    }

    /** A path of the form {@code external-task/ID/complete}; the login lets workers through to no other. */
    @Override
    public void filter(ContainerRequestContext request) {
        var path = request.getUriInfo().getPathSegments();
        if (path.size() == 3) {
            own().ifPresent(own -> check(own, path.get(1).getPath()));
        }
    }

    private void check(Set<String> own, String id) {
        var task = tasks.createExternalTaskQuery().externalTaskId(id).singleResult();
        if (task != null && !own.contains(task.getTopicName())) {
            throw forbidden("External task " + id + " is of the topic '" + task.getTopicName()
                    + "'; your account is a Worker for " + own);
        }
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var body = context.proceed();
        if (body instanceof FetchExternalTasksDto wanted && wanted.getTopics() != null) {
            if (wanted.getTopics().contains(null)) {
                throw refusal(
                        Response.Status.BAD_REQUEST,
                        "InvalidRequestException",
                        "A topic in 'topics' is null; each is an object with 'topicName' and 'lockDuration'");
            }
            own().ifPresent(own -> check(own, wanted));
        }
        return body;
    }

    private static void check(Set<String> own, FetchExternalTasksDto wanted) {
        Set<String> foreign = new TreeSet<>();
        wanted.getTopics().stream()
                .map(FetchExternalTaskTopicDto::getTopicName)
                .map(String::valueOf)
                .filter(topic -> !own.contains(topic))
                .forEach(foreign::add);
        if (!foreign.isEmpty()) {
            throw forbidden("Your account is a Worker for " + own + ", not for " + foreign);
        }
    }

    /** The topics that the caller is kept to; none when it is no Worker. */
    private Optional<Set<String>> own() {
        return currentActor
                .get()
                .filter(actor -> actor.role() == RoleType.WORKER)
                .map(actor -> new TreeSet<>(accounts.get(actor.id().toString()).topics()));
    }

    private static WebApplicationException forbidden(String why) {
        return refusal(Response.Status.FORBIDDEN, "forbidden", why);
    }

    private static WebApplicationException refusal(Response.Status status, String type, String why) {
        return new WebApplicationException(EngineRefusals.answer(status, type, why));
    }
}
