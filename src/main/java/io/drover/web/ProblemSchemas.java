package io.drover.web;

import io.drover.problem.Violation;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import java.util.List;

/** The form of refusals, RFC 9457, with every member that any of them has. */
final class ProblemSchemas {
    static final String PROBLEM = "Problem";

    private static final String VIOLATION = Violation.class.getSimpleName();

    private ProblemSchemas() {}

    static void addTo(Components components) {
        components.addSchemas(PROBLEM, problem()).addSchemas(VIOLATION, violation());
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("A refusal (RFC 9457)")
                .addProperty("type", text("Which kind of problem; stable, and the path of a page that explains it"))
                .addProperty("title", text("The kind in words"))
                .addProperty("status", new IntegerSchema().format(null).description("The HTTP status"))
                .addProperty("detail", text("What is wrong this time"))
                .addProperty("instance", text("The path that was asked"))
                .addProperty(
                        "errors",
                        new ArraySchema().items(new Schema<>().$ref(VIOLATION)).description("Everything that is wrong"))
                .addProperty("retryAfterSeconds", number("When to ask again, as in the header Retry-After"))
                .addProperty("operation", new UUIDSchema().description("The operation that stands in the way"))
                .addProperty("state", text("The state of the VM, which allows no such operation"))
                .addProperty("holder", text("The id of what has the name"))
                .addProperty("etag", text("The version that there is now"))
                .addProperty("limitBytes", number("How large a body may be"))
                .addProperty("declaredBytes", number("How large the body was said to be"))
                .addProperty("extension", text("The extension that serves the cluster"))
                .addProperty("clusters", texts("The clusters that use it"))
                .addProperty("templates", texts("The templates that use it"))
                .addProperty("failures", texts("What the conformance kit found"))
                .required(List.of("type", "title", "status", "detail", "instance"));
    }

    private static Schema<?> violation() {
        return new ObjectSchema()
                .description("One thing wrong with a request")
                .addProperty(
                        "pointer",
                        text(
                                "Where: a JSON pointer into the body, ?name for a parameter, path:name for a part of the path,"
                                        + " or a header's name"))
                .addProperty("message", text("What is wrong, and what is allowed"))
                .addProperty("value", new Schema<>().description("What was sent; absent for secrets"))
                .required(List.of("pointer", "message"));
    }

    private static Schema<?> text(String description) {
        return new StringSchema().description(description);
    }

    private static Schema<?> number(String description) {
        return new IntegerSchema().format("int64").description(description);
    }

    private static Schema<?> texts(String description) {
        return new ArraySchema().items(new StringSchema()).description(description);
    }
}
