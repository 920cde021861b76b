package io.drover.workflow.expression;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.slf4j.LoggerFactory;

/** A bare engine, closed as Drover's is, without any check of diagrams in front of it. */
final class TestEngine implements AutoCloseable {
    static final String BEAN = "markVm";

    final ProcessEngine engine;
    private int marks;

    TestEngine() {
        ((Logger) LoggerFactory.getLogger("org.camunda")).setLevel(Level.OFF);
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:closed-" + System.identityHashCode(this));
        configuration.setProcessEngineName("closed-" + System.identityHashCode(this));
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(false);
        configuration.setHistory("none");
        configuration.setMetricsEnabled(false);
        ClosedEngine.close(configuration, Map.of(BEAN, (JavaDelegate) execution -> marks++), (process, name) -> false);
        engine = configuration.buildProcessEngine();
    }

    /** How often the bean has run. */
    int marks() {
        return marks;
    }

    /** Runs a process with this between its start and its end; the elements have the ids and flows that it takes. */
    ProcessInstance run(String content, Map<String, Object> variables) {
        var deployment = engine.getRepositoryService()
                .createDeployment()
                .addString("p.bpmn", diagram(content))
                .deploy();
        var process = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .deploymentId(deployment.getId())
                .singleResult();
        return engine.getRuntimeService().startProcessInstanceById(process.getId(), "key-1", variables);
    }

    Map<String, Object> variables(ProcessInstance instance) {
        return engine.getRuntimeService().getVariables(instance.getId());
    }

    static String diagram(String content) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
                """ + content + "</definitions>";
    }

    @Override
    public void close() {
        engine.close();
    }
}
