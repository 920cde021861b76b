package io.drover.web;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A way to be refused that operations of the API have in common. */
enum Refusal {
    INVALID(
            HttpStatus.BAD_REQUEST,
            "Invalid",
            "Something in the address, a header or the body is wrong; errors has each field and parameter"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Unauthenticated", "No login, or a wrong, expired or disabled one"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden", "The caller's role may not do this"),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "NotFound",
            "Something that the address or the body refers to does not exist, or is not the caller's"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "NotAcceptable", "Accept asks for a form that the answer does not have"),
    TIMED_OUT(HttpStatus.REQUEST_TIMEOUT, "TimedOut", "The body has not arrived in time"),
    CONFLICT(HttpStatus.CONFLICT, "Conflict", "What is there already, or going on, stands in the way"),
    GONE(HttpStatus.GONE, "Gone", "It was there and is no longer"),
    CHANGED(HttpStatus.PRECONDITION_FAILED, "Changed", "It is no longer the version that If-Match has"),
    TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, "TooLarge", "The body is larger than is taken"),
    UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported", "Content-Type is none that is taken here"),
    TOO_MANY(
            HttpStatus.TOO_MANY_REQUESTS,
            "TooMany",
            "Too many wrong passwords, or too many logins at once; ask again later"),
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Unavailable",
            "It cannot be done now: the database is away, the queue or the disk is full; ask again later");

    private final HttpStatus status;
    private final String component;
    private final String description;

    Refusal(HttpStatus status, String component, String description) {
        this.status = status;
        this.component = component;
        this.description = description;
    }

    String code() {
        return String.valueOf(status.value());
    }

    /** The name among the document's components. */
    String component() {
        return component;
    }

    ApiResponse reference() {
        return new ApiResponse().$ref("#/components/responses/" + component);
    }

    ApiResponse response() {
        var response = new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(new Schema<>().$ref(ProblemSchemas.PROBLEM))));
        if (this == TOO_MANY || this == UNAVAILABLE) {
            response.addHeaderObject(
                    HttpHeaders.RETRY_AFTER,
                    new Header().description("Seconds").required(true).schema(new IntegerSchema()));
        }
        return response;
    }
}
