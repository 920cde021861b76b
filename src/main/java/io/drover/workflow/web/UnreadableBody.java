package io.drover.workflow.web;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;

/** Two mappers of the engine's and of Jersey's would answer a body that cannot be read, each in a form of its own. */
final class UnreadableBody {
    private UnreadableBody() {}

    @Priority(1)
    static class Mapping implements ExceptionMapper<JsonMappingException> {
        @Override
        public Response toResponse(JsonMappingException failure) {
            return refusal(failure);
        }
    }

    @Priority(1)
    static class Syntax implements ExceptionMapper<JsonParseException> {
        @Override
        public Response toResponse(JsonParseException failure) {
            return refusal(failure);
        }
    }

    private static Response refusal(JsonProcessingException failure) {
        var place = failure.getLocation();
        var where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of(
                        "type",
                        "InvalidRequestException",
                        "message",
                        "The body is not JSON of the form that is needed here" + where + ": "
                                + failure.getOriginalMessage()))
                .build();
    }
}
