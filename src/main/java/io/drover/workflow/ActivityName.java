package io.drover.workflow;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;

/** What people are told of where a process is: the activity's name in its diagram, or its id where it has none. */
final class ActivityName {
    private ActivityName() {}

    static String of(DelegateExecution execution) {
        var name = execution.getCurrentActivityName();
        return name == null || name.isBlank() ? execution.getCurrentActivityId() : name;
    }

    static String of(PvmActivity activity) {
        var name = activity.getProperty("name");
        return name == null || name.toString().isBlank() ? activity.getId() : name.toString();
    }
}
