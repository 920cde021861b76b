package io.drover.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Says that XML travels as the text it is; of bytes the document would say that they are in base64. */
@Component
class PlainXml implements OpenApiCustomizer {

    static boolean is(String mediaType) {
        return MediaType.parseMediaType(mediaType).getSubtype().equals("xml");
    }

    @Override
    public void customise(OpenAPI document) {
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(PlainXml::contents)
                .forEach(content -> content.forEach((type, body) -> {
                    if (is(type)) {
                        body.setSchema(new StringSchema());
                    }
                }));
    }

    private static Stream<Content> contents(Operation operation) {
        var request = operation.getRequestBody();
        var answers =
                operation.getResponses().values().stream().map(response -> (@Nullable Content) response.getContent());
        return Stream.concat(Stream.ofNullable(request == null ? null : request.getContent()), answers)
                .filter(Objects::nonNull);
    }
}
