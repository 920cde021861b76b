package io.drover.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tasks need of the process engine. Every call joins the caller's transaction. */
public interface TaskWorkflow {

    /** The fields of the task's form as the diagram has them, in order; empty when it has no form. */
    List<FormField> form(String task);

    /**
     * Puts the task into somebody's hands, or back.
     *
     * @param account the name of the account that has it in hand from now on; null: nobody
     */
    void assign(String task, @Nullable String account);

    /**
     * Answers the task, so that its process goes on.
     *
     * @param values by the names of the form's fields, of the fields' types
     * @param form whether the task has a form
     */
    void answer(String task, Map<String, Object> values, @Nullable String comment, boolean form);
}
