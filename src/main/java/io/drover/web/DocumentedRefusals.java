package io.drover.web;

import io.drover.access.RoleType;
import io.drover.problem.ProblemException.Kind;
import io.drover.problem.Refuses;
import io.drover.problem.web.ProblemResponses;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation how it may be refused and whose it is: by what it takes, answers and changes. */
@Component
class DocumentedRefusals implements OperationCustomizer {
    /** Whose an operation is, as a list of roles. */
    static final String ROLES = "x-roles";

    private static final Pattern ROLE = Pattern.compile("'([A-Z_]+)'");

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        for (var refusal : refusals(operation, handler)) {
            operation.getResponses().addApiResponse(refusal.code(), refusal.reference());
        }
        addRoles(operation, handler);
        return operation;
    }

    private static Set<Refusal> refusals(Operation operation, HandlerMethod handler) {
        var refusals = EnumSet.of(
                Refusal.INVALID, Refusal.UNAUTHENTICATED, Refusal.FORBIDDEN, Refusal.TOO_MANY, Refusal.UNAVAILABLE);
        if (has(operation, "path", null)) {
            refusals.add(Refusal.NOT_FOUND);
        }
        if (has(operation, "header", HttpHeaders.IF_MATCH)) {
            refusals.add(Refusal.CHANGED);
        }
        if (operation.getRequestBody() != null) {
            refusals.addAll(Set.of(Refusal.TIMED_OUT, Refusal.TOO_LARGE, Refusal.UNSUPPORTED));
        }
        if (operation.getResponses().values().stream().anyMatch(response -> response.getContent() != null)) {
            refusals.add(Refusal.NOT_ACCEPTABLE);
        }
        if (!AnnotatedElementUtils.hasAnnotation(handler.getMethod(), GetMapping.class)) {
            refusals.add(Refusal.CONFLICT);
        }
        var said = handler.getMethodAnnotation(Refuses.class);
        if (said != null) {
            Stream.of(said.also()).map(DocumentedRefusals::of).forEach(refusals::add);
            Stream.of(said.never()).map(DocumentedRefusals::of).forEach(refusals::remove);
        }
        return refusals;
    }

    private static boolean has(Operation operation, String in, @Nullable String name) {
        return Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
                .anyMatch(parameter ->
                        in.equals(parameter.getIn()) && (name == null || name.equals(parameter.getName())));
    }

    private static Refusal of(Kind kind) {
        var code = String.valueOf(ProblemResponses.status(kind).value());
        return Stream.of(Refusal.values())
                .filter(refusal -> refusal.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static void addRoles(Operation operation, HandlerMethod handler) {
        var onMethod = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
        var rule = onMethod != null
                ? onMethod
                : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class);
        var roles = rule == null ? all() : named(rule.value());
        operation.addExtension(ROLES, roles);
        if (rule != null) {
            var whose = "For " + String.join(" and ", roles) + " only.";
            var said = operation.getDescription();
            operation.setDescription(said == null ? whose : said + ". " + whose);
        }
    }

    private static List<String> all() {
        return Stream.of(RoleType.values())
                .filter(RoleType::asksOfVms)
                .map(RoleType::wireName)
                .toList();
    }

    private static List<String> named(String rule) {
        return ROLE.matcher(rule)
                .results()
                .map(name -> RoleType.valueOf(name.group(1)).wireName())
                .toList();
    }
}
