package io.drover.workflow.web;

import io.drover.problem.DatabaseAway;
import io.drover.problem.ProblemException;
import io.drover.problem.ProblemException.Kind;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;
import org.jspecify.annotations.Nullable;

/**
 * Has the engine's own REST, and that of its web applications, answer refusals as what they are: the client's to mend. Jersey
 * finds this class by {@code META-INF/services} for every application of its kind.
 */
public final class EngineRefusals implements ForcedAutoDiscoverable {

    /** For Jersey, which makes one. */
    public EngineRefusals() {}

    @Override
    public void configure(FeatureContext application) {
        application.register(Wrapped.class);
        application.register(Raised.class);
        application.register(MissingBody.class);
        application.register(UnreadableBody.Mapping.class);
        application.register(UnreadableBody.Syntax.class);
    }

    /** The engine's REST wraps whatever stops a process from starting into a failure of the server. */
    @Priority(1)
    static class Wrapped implements ExceptionMapper<RestException> {
        @Override
        public Response toResponse(RestException failure) {
            return refusalOr(failure);
        }
    }

    /** The engine wraps what is wrong with a diagram. */
    @Priority(1)
    static class Raised implements ExceptionMapper<ProcessEngineException> {
        @Override
        public Response toResponse(ProcessEngineException failure) {
            return refusalOr(failure);
        }
    }

    private static Response refusalOr(Exception failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refusal && refusal.kind() == Kind.UNAVAILABLE) {
                return unavailable(refusal);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refusal && refusal.kind() == Kind.FORBIDDEN) {
                return answer(Response.Status.FORBIDDEN, refusal.slug(), refusal.getMessage());
            }
            if (isConflict(cause)) {
                return answer(Response.Status.CONFLICT, cause.getClass().getSimpleName(), cause.getMessage());
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadUserRequestException && cause != failure || cause instanceof ProblemException) {
                return answer(Response.Status.BAD_REQUEST, "InvalidRequestException", cause.getMessage());
            }
        }
        var away = DatabaseAway.refusal(failure);
        if (away.isPresent()) {
            return unavailable(away.get());
        }
        return ExceptionHandlerHelper.getInstance().getResponse(failure);
    }

    /** Somebody was faster, or somebody holds it. */
    private static boolean isConflict(Throwable cause) {
        return cause instanceof TaskAlreadyClaimedException
                || cause instanceof SuspendedEntityInteractionException
                || cause instanceof OptimisticLockingException;
    }

    static Response answer(Response.Status status, String type, @Nullable String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("type", type, "message", String.valueOf(message)))
                .build();
    }

    /** What would be accepted later, in the form of the engine's own errors. */
    private static Response unavailable(ProblemException refusal) {
        var response = Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("type", refusal.slug(), "message", String.valueOf(refusal.getMessage())));
        if (refusal.members().get("retryAfterSeconds") instanceof Number seconds) {
            response.header(HttpHeaders.RETRY_AFTER, seconds);
        }
        return response.build();
    }
}
