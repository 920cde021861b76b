package io.drover.page;

import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import io.drover.problem.web.ParameterRule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What {@link PageRequest} refuses, told together with whatever else is wrong with a request. */
@Component
class PageParameters implements ParameterRule {

    @Override
    public @Nullable Violation check(Class<?> controller, String name, Object value) {
        try {
            if (name.equals("limit") && value instanceof Integer limit) {
                PageRequest.of(limit, null);
            } else if (name.equals("cursor") && value instanceof String cursor) {
                PageRequest.of(null, cursor);
            }
            return null;
        } catch (ProblemException refusal) {
            return refusal.violations().get(0);
        }
    }
}
