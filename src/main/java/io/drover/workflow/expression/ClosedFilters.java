package io.drover.workflow.expression;

import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.FilterManager;

/** Keeps no filter that has an expression, in its or-queries either, where the engine itself does not look. */
final class ClosedFilters extends FilterManager {

    @Override
    public Filter insertOrUpdateFilter(Filter filter) {
        check(filter.getQuery());
        return super.insertOrUpdateFilter(filter);
    }

    private static void check(AbstractQuery<?, ?> query) {
        query.getExpressions().forEach((name, text) -> {
            throw new ExpressionRefusedException(
                    text,
                    "of '" + name + "' is in a filter. Only diagrams have expressions; filters take plain values");
        });
        if (query instanceof TaskQueryImpl tasks) {
            tasks.getQueries().stream().filter(part -> part != query).forEach(ClosedFilters::check);
        }
    }

    /** Stands in for the engine's own. */
    record Factory() implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return FilterManager.class;
        }

        @Override
        public Session openSession() {
            return new ClosedFilters();
        }
    }
}
