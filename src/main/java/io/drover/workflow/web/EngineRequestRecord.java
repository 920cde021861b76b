package io.drover.workflow.web;

import io.drover.access.CurrentActor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.text.Cut;
import io.drover.workflow.expression.RefusedExpressions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts on the record what was changed through the engine's own REST and web applications, and by whom. */
class EngineRequestRecord extends OncePerRequestFilter {

    private static final int LONGEST = 100;

    /**
     * The engine's queries are posts too, e.g. {@code POST /task} or {@code POST /task/count}; so are the lists of a stored
     * filter in Tasklist, what called what in Cockpit, and what only looks at a password or a plan.
     */
    private static final Pattern QUERY = Pattern.compile(
            "(/engine-rest(/engine/default)?|/camunda/api/engine/engine/default|/camunda/api/cockpit/plugin/base/default)"
                    + "((/history)?/[a-z-]+(/count)?|/filter/[^/]+/(list|singleResult|count)"
                    + "|/process-(definition|instance)/[^/]+/called-process-(definition|instance)s"
                    + "|/identity/(verify|password-policy)|/migration/(generate|validate))/?");

    /** What a worker asks over and over. What it has been given is told by what becomes of it: done, failed, given back. */
    private static final Pattern POLL = Pattern.compile(".*/external-task/fetchAndLock");

    /** Posts of that form which do something. */
    private static final Set<String> DOERS = Set.of("message", "signal", "condition", "cleanup");

    private final History history;
    private final CurrentActor currentActor;

    EngineRequestRecord(History history, CurrentActor currentActor) {
        this.history = history;
        this.currentActor = currentActor;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RefusedExpressions.taken();
        try {
            chain.doFilter(request, response);
        } finally {
            RefusedExpressions.taken()
                    .ifPresent(expression ->
                            record(request, "engine.expression-refused", Map.of("expression", expression)));
        }
        if (changes(request) && response.getStatus() < 400) {
            record(request, "engine.requested", Map.of());
        }
    }

    private void record(HttpServletRequest request, String kind, Map<String, String> more) {
        var path = request.getRequestURI();
        Map<String, String> body = new LinkedHashMap<>(more);
        body.put("method", request.getMethod());
        body.put("path", path);
        currentActor
                .get()
                .ifPresent(actor -> history.append(actor, kind, new Subject("engine", cut(path), cut(path)), body));
    }

    static boolean changes(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return switch (request.getMethod()) {
            case "PUT", "DELETE", "PATCH" -> true;
            case "POST" ->
                !POLL.matcher(path).matches() && (!QUERY.matcher(path).matches() || isDoer(path));
            default -> false;
        };
    }

    private static boolean isDoer(String path) {
        var whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return DOERS.contains(whole.substring(whole.lastIndexOf('/') + 1));
    }

    private static String cut(String path) {
        return Cut.to(LONGEST, path);
    }
}
