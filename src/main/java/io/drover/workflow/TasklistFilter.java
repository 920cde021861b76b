package io.drover.workflow;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;

/** The filter that Tasklist begins with, so that it shows tasks without anybody having made one. */
final class TasklistFilter {
    static final String NAME = "All open tasks";

    private TasklistFilter() {}

    /** Makes it unless there is any. */
    static void make(ProcessEngine engine) {
        var filters = engine.getFilterService();
        if (filters.createFilterQuery().count() > 0) {
            return;
        }
        var shown = List.of(
                Map.of("name", ProcessVariables.VM, "label", "VM"),
                Map.of("name", ProcessVariables.REQUESTED_BY, "label", "Asked for by"));
        var query = engine.getTaskService()
                .createTaskQuery()
                .orderByTaskCreateTime()
                .desc();
        filters.saveFilter(filters.newTaskFilter(NAME)
                .setQuery(query)
                .setProperties(Map.of(
                        "description",
                        "What operations ask of people",
                        "priority",
                        0,
                        "refresh",
                        true,
                        "showUndefinedVariable",
                        false,
                        "variables",
                        shown)));
    }
}
