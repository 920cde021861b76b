package io.drover.workflow.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's REST does not ask whether there is a body before it uses what should have been in it. */
@Priority(1)
class MissingBody implements ExceptionMapper<NullPointerException> {
    private static final Logger LOG = LoggerFactory.getLogger(MissingBody.class);
    private static final String RESOURCES = "org.camunda.bpm.engine.rest.";

    @Override
    public Response toResponse(NullPointerException failure) {
        var trace = failure.getStackTrace();
        if (trace.length > 0 && trace[0].getClassName().startsWith(RESOURCES)) {
            return EngineRefusals.answer(
                    Response.Status.BAD_REQUEST, "InvalidRequestException", "The body, or a part of it, is missing");
        }
        LOG.error("Unexpected failure of the engine's REST", failure);
        return EngineRefusals.answer(
                Response.Status.INTERNAL_SERVER_ERROR,
                "RestException",
                "The engine failed unexpectedly; the log says why");
    }
}
