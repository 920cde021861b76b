package io.drover.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of records what their types say: which fields are always there, which values may be null, what else is read as one. */
@Component
class RecordSchemas implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        var raw = TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
        if (resolved != null && raw.isRecord()) {
            var schema = schema(resolved, context);
            if (schema.getProperties() != null) {
                describe(schema, raw);
            }
        }
        return resolved;
    }

    private static Schema<?> schema(Schema<?> resolved, ModelConverterContext context) {
        var reference = resolved.get$ref();
        return reference == null
                ? resolved
                : context.getDefinedModels()
                        .getOrDefault(reference.substring(reference.lastIndexOf('/') + 1), resolved);
    }

    private static void describe(Schema<?> schema, Class<?> type) {
        var required = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            var name = name(component);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    && schema.getProperties().containsKey(name)) {
                required.add(name);
            }
            if (component.getAccessor().isAnnotationPresent(JsonRawValue.class)) {
                schema.getProperties().put(name, new Schema<>());
            } else if (hasNullableValues(component)) {
                allowNull(schema.getProperties().get(name));
            }
        }
        schema.setRequired(required.isEmpty() ? null : List.copyOf(required));
        if (Arrays.stream(type.getMethods()).anyMatch(RecordSchemas::isReadFromText)) {
            schema.setTypes(new LinkedHashSet<>(List.of("object", "string")));
        }
    }

    private static String name(RecordComponent component) {
        var said = component.getAccessor().getAnnotation(JsonProperty.class);
        return said == null || said.value().isEmpty() ? component.getName() : said.value();
    }

    private static boolean hasNullableValues(RecordComponent component) {
        return Map.class.isAssignableFrom(component.getType())
                && component.getAnnotatedType() instanceof AnnotatedParameterizedType map
                && map.getAnnotatedActualTypeArguments()[1].isAnnotationPresent(Nullable.class);
    }

    private static void allowNull(@Nullable Schema<?> map) {
        if (map != null && map.getAdditionalProperties() instanceof Schema<?> values && values.getTypes() != null) {
            var types = new LinkedHashSet<>(values.getTypes());
            types.add("null");
            values.setTypes(types);
        }
    }

    private static boolean isReadFromText(Method method) {
        var creator = method.getAnnotation(JsonCreator.class);
        return creator != null
                && creator.mode() == JsonCreator.Mode.DELEGATING
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0] == String.class;
    }
}
