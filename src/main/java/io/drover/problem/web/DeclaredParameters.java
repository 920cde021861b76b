package io.drover.problem.web;

import io.drover.problem.EditDistance;
import io.drover.problem.Violation;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** The parameters that a handler declares, in its address's path and in the query behind it. */
final class DeclaredParameters {
    /** What any database can compare with. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private final Class<?> controller;
    private final ConversionService conversion;
    private final List<ParameterRule> rules;
    private final Map<String, TypeDescriptor> path = new LinkedHashMap<>();
    private final Map<String, TypeDescriptor> query = new LinkedHashMap<>();

    DeclaredParameters(HandlerMethod method, ConversionService conversion, List<ParameterRule> rules) {
        this.controller = method.getBeanType();
        this.conversion = conversion;
        this.rules = rules;
        for (var parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(NAMES);
            add(path, parameter, PathVariable.class, annotation -> ((PathVariable) annotation).name());
            add(query, parameter, RequestParam.class, annotation -> ((RequestParam) annotation).name());
        }
    }

    private static void add(
            Map<String, TypeDescriptor> to,
            MethodParameter parameter,
            Class<? extends Annotation> kind,
            Function<Annotation, String> named) {
        var annotation = parameter.getParameterAnnotation(kind);
        if (annotation != null) {
            var name = named.apply(annotation);
            to.put(
                    StringUtils.hasText(name) ? name : Objects.requireNonNull(parameter.getParameterName()),
                    new TypeDescriptor(parameter));
        }
    }

    List<Violation> checkPath(String name, String value) {
        var type = path.get(name);
        return type == null ? List.of() : check("path:" + name, name, type, value);
    }

    List<Violation> checkQuery(String name, String[] values) {
        var type = query.get(name);
        if (type == null) {
            return List.of(new Violation("?" + name, unknown(name), shown(name, values[0])));
        }
        var element = type.getElementTypeDescriptor();
        if (element == null && values.length > 1) {
            var message = "is given " + values.length + " times; it takes one value here";
            return List.of(new Violation("?" + name, message, shown(name, String.join(", ", values))));
        }
        List<Violation> violations = new ArrayList<>();
        Arrays.stream(values)
                .distinct()
                .forEach(value -> violations.addAll(check("?" + name, name, element == null ? type : element, value)));
        return violations;
    }

    private List<Violation> check(String pointer, String name, TypeDescriptor type, String value) {
        if (value.isBlank()) {
            return List.of(new Violation(pointer, "must not be empty", value));
        }
        var read = read(type, value);
        if (read == null) {
            var hint = type.getType().isEnum() && value.contains(",") ? "; for several, repeat the parameter" : "";
            var message = "must be " + TypeWords.of(type.getType()) + hint;
            return List.of(new Violation(pointer, message, shown(name, value)));
        }
        return rules.stream()
                .map(rule -> rule.check(controller, name, read))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Object read(TypeDescriptor type, String value) {
        try {
            var read = conversion.convert(value, TypeDescriptor.valueOf(String.class), type);
            return read instanceof Instant time && (time.isBefore(EARLIEST) || time.isAfter(LATEST)) ? null : read;
        } catch (ConversionException e) {
            return null;
        }
    }

    private String unknown(String name) {
        if (query.isEmpty()) {
            return "is not a parameter here; there are none";
        }
        return "is not a parameter here; there are " + String.join(", ", query.keySet())
                + EditDistance.hint(name, query.keySet());
    }

    private static String shown(String name, String value) {
        return UnreadableJson.shown("/" + name, value);
    }
}
