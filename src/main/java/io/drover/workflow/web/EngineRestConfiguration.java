package io.drover.workflow.web;

import io.drover.problem.DatabaseAway;
import io.drover.problem.ProblemException;
import io.drover.problem.ProblemException.Kind;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.springframework.stereotype.Component;

/** The engine's own REST, which answers Drover's refusals as what they are: the client's to mend. */
@Component
class EngineRestConfiguration extends CamundaJerseyResourceConfig {

    @Override
    protected void registerAdditionalResources() {
        register(Wrapped.class);
        register(Raised.class);
        register(MissingBody.class);
        register(UnreadableBody.Mapping.class);
        register(UnreadableBody.Syntax.class);
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
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BadUserRequestException || cause instanceof ProblemException) {
                return Response.status(Response.Status.BAD_REQUEST)
                        .type(MediaType.APPLICATION_JSON)
                        .entity(Map.of("type", "InvalidRequestException", "message", cause.getMessage()))
                        .build();
            }
        }
        var away = DatabaseAway.refusal(failure);
        if (away.isPresent()) {
            return unavailable(away.get());
        }
        return ExceptionHandlerHelper.getInstance().getResponse(failure);
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
