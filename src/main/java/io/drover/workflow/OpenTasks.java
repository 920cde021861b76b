package io.drover.workflow;

import io.drover.home.StartStep;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Takes over at start those tasks for people that were begun before there was a record of them. */
@Component
class OpenTasks extends StartStep {
    private final TaskService tasks;
    private final Persons persons;
    private final ProcessEngineConfigurationImpl engine;

    OpenTasks(TaskService tasks, Persons persons, ProcessEngineConfigurationImpl engine) {
        super(1);
        this.tasks = tasks;
        this.persons = persons;
        this.engine = engine;
    }

    @Override
    protected void run() {
        tasks.createTaskQuery().list().stream().map(Task::getId).forEach(this::takeOver);
    }

    private void takeOver(String id) {
        try {
            engine.getCommandExecutorTxRequired().execute(context -> {
                TaskEntity task = context.getTaskManager().findTaskById(id);
                if (task != null && task.getExecution() != null) {
                    var fourEyes = task.getExecution().getActivity().getProperty(ProcessWatch.FOUR_EYES);
                    persons.takenOver(task, Boolean.TRUE.equals(fourEyes));
                }
                return null;
            });
        } catch (DuplicateKeyException e) {
            // another server that starts now has done so
            return;
        }
    }
}
