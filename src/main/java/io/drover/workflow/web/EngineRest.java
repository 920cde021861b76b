package io.drover.workflow.web;

import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.springframework.stereotype.Component;

/** The engine's own REST, with what guards it from workers. */
@Component
class EngineRest extends CamundaJerseyResourceConfig {
    private final WorkerTopics topics;

    EngineRest(WorkerTopics topics) {
        this.topics = topics;
    }

    @Override
    protected void registerAdditionalResources() {
        register(topics);
    }
}
