package io.drover.workflow;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** What a process, with all that it has called, is held up at and can be let try again: jobs, workers' tasks, incidents. */
@Component
class HeldUp {
    private static final Set<String> OF_WORK =
            Set.of(Incident.FAILED_JOB_HANDLER_TYPE, Incident.EXTERNAL_TASK_HANDLER_TYPE);

    private final RuntimeService runtime;
    private final ManagementService management;
    private final ExternalTaskService workers;
    private final Clock clock;

    HeldUp(RuntimeService runtime, ManagementService management, ExternalTaskService workers, Clock clock) {
        this.runtime = runtime;
        this.management = management;
        this.workers = workers;
        this.clock = clock;
    }

    boolean isHeld(String process) {
        return all(process).stream()
                .anyMatch(one -> !jobs(one).isEmpty()
                        || !tasks(one).isEmpty()
                        || !others(one).isEmpty());
    }

    /** Everything is tried again now. */
    void release(String process) {
        for (var one : all(process)) {
            jobs(one).forEach(job -> {
                management.setJobDuedate(job.getId(), Date.from(Instant.now(clock)));
                if (job.getRetries() == 0) {
                    management.setJobRetries(job.getId(), 1);
                }
            });
            tasks(one).forEach(task -> workers.setRetries(task.getId(), 1));
            others(one).forEach(this::resolve);
        }
    }

    /** Unless it went with another one: the engine resolves all of one configuration at once. */
    private void resolve(Incident incident) {
        if (runtime.createIncidentQuery().incidentId(incident.getId()).count() > 0) {
            runtime.resolveIncident(incident.getId());
        }
    }

    private List<String> all(String process) {
        List<String> all = new ArrayList<>();
        var called = List.of(process);
        while (!called.isEmpty()) {
            all.addAll(called);
            called = called.stream().flatMap(this::calledBy).toList();
        }
        return all;
    }

    private Stream<String> calledBy(String process) {
        return runtime.createProcessInstanceQuery().superProcessInstanceId(process).list().stream()
                .map(ProcessInstance::getId);
    }

    private List<Job> jobs(String process) {
        return management.createJobQuery().processInstanceId(process).list().stream()
                .filter(job ->
                        job.getRetries() == 0 || AttemptJobHandler.TYPE.equals(((JobEntity) job).getJobHandlerType()))
                .toList();
    }

    /** Those whose worker has given up. */
    private List<ExternalTask> tasks(String process) {
        return workers.createExternalTaskQuery()
                .processInstanceId(process)
                .noRetriesLeft()
                .list();
    }

    /** Incidents that somebody has raised by hand. */
    private List<Incident> others(String process) {
        return runtime.createIncidentQuery().processInstanceId(process).list().stream()
                .filter(incident -> !OF_WORK.contains(incident.getIncidentType()))
                .toList();
    }
}
