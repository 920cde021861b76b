package io.drover.problem.web;

import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.FormatterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a request whose address has what its handler does not declare, or values that it does not take, and says
 * everything that is wrong at once. Every handler of the API is checked, by what its parameters are.
 */
@Component
class ParameterCheck implements HandlerInterceptor, WebMvcConfigurer {
    private final ObjectProvider<ConversionService> conversion;
    private final ObjectProvider<ParameterRule> rules;

    ParameterCheck(
            @Qualifier("mvcConversionService") ObjectProvider<ConversionService> conversion,
            ObjectProvider<ParameterRule> rules) {
        this.conversion = conversion;
        this.rules = rules;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new WholeValues(registry));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && request.getDispatcherType() == DispatcherType.REQUEST) {
            var violations = violations(request, method);
            if (!violations.isEmpty()) {
                throw ProblemException.invalid(violations);
            }
        }
        return true;
    }

    private List<Violation> violations(HttpServletRequest request, HandlerMethod method) {
        var declared = new DeclaredParameters(
                method, conversion.getObject(), rules.stream().toList());
        List<Violation> violations = new ArrayList<>();
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path) {
            path.forEach((name, value) ->
                    violations.addAll(declared.checkPath(String.valueOf(name), String.valueOf(value))));
        }
        var names = namesIn(request.getQueryString());
        request.getParameterMap().forEach((name, values) -> {
            if (names.contains(name)) {
                violations.addAll(declared.checkQuery(name, values));
            }
        });
        return violations;
    }

    /** A form's fields are parameters, too, but a body's, which is refused as such. */
    private static Set<String> namesIn(@Nullable String query) {
        return query == null
                ? Set.of()
                : Arrays.stream(query.split("&"))
                        .map(part -> part.replaceFirst("=.*", ""))
                        .map(ParameterCheck::decoded)
                        .collect(Collectors.toSet());
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
