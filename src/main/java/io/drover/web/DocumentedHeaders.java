package io.drover.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Adds the headers of answers: where what was made or begun is found, and which version of a thing was answered. */
@Component
class DocumentedHeaders implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        if (ResponseEntity.class.isAssignableFrom(handler.getMethod().getReturnType())) {
            success(operation, "201", "202")
                    .ifPresent(response -> add(response, HttpHeaders.LOCATION, "The path of what was made or begun"));
        }
        if (Arrays.asList(handler.getMethod().getParameterTypes()).contains(HttpServletResponse.class)) {
            success(operation, "200")
                    .ifPresent(response -> add(response, HttpHeaders.ETAG, "The version, for the header If-Match"));
        }
        return operation;
    }

    private static Optional<ApiResponse> success(Operation operation, String... codes) {
        return Stream.of(codes)
                .map(operation.getResponses()::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static void add(ApiResponse response, String name, String description) {
        response.addHeaderObject(
                name, new Header().description(description).required(true).schema(new StringSchema()));
    }
}
