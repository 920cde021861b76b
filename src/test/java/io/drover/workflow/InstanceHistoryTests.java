package io.drover.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine remembers of a process at each level, and when it forgets it. */
class InstanceHistoryTests {
    private static final String WAITS = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
              <process id="waits" isExecutable="true" camunda:historyTimeToLive="P0D">
                <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="u"/>
                <userTask id="u"/><sequenceFlow id="g" sourceRef="u" targetRef="e"/><endEvent id="e"/>
              </process>
            </definitions>
            """;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @ParameterizedTest
    @CsvSource({
        "instances, end, COMPLETED",
        "instances, delete, INTERNALLY_TERMINATED",
        "activity, end, COMPLETED",
        "none, end, ",
        "none, delete, "
    })
    void tellsWhenAProcessBeganAndHowItEnded(String level, String how, String state) {
        try (var engine = new Engine(level)) {
            var id = engine.start();
            if (state != null) {
                assertThat(engine.remembered()).singleElement().satisfies(process -> {
                    assertThat(process.getStartTime()).isNotNull();
                    assertThat(process.getEndTime()).isNull();
                    assertThat(process.getState()).isEqualTo("ACTIVE");
                });
            }

            engine.stop(id, how);

            assertThat(engine.remembered())
                    .extracting(HistoricProcessInstance::getState)
                    .isEqualTo(state == null ? List.of() : List.of(state));
            assertThat(engine.remembered())
                    .allSatisfy(process -> assertThat(process.getEndTime()).isNotNull());
        }
    }

    @Test
    void remembersNothingOfActivities() {
        try (var engine = new Engine("instances")) {
            engine.stop(engine.start(), "end");

            assertThat(engine.history().createHistoricActivityInstanceQuery().count())
                    .isZero();
            assertThat(engine.history().createHistoricTaskInstanceQuery().count())
                    .isZero();
            assertThat(engine.history().createHistoricVariableInstanceQuery().count())
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"none, instances", "instances, none", "instances, activity", "full, instances", "full, none"})
    void aServerStartsWithAnotherLevelThanTheLastAndGoesOnWithWhatRuns(String before, String after) {
        String running;
        try (var engine = new Engine(before)) {
            running = engine.start();
        }
        try (var engine = new Engine(after)) {
            engine.stop(running, "end");
            engine.stop(engine.start(), "end");

            assertThat(engine.history()
                            .createHistoricProcessInstanceQuery()
                            .finished()
                            .count())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void cleanUpRemovesWhatIsOlderThanItsTimeToLiveAndNothingThatRuns() {
        try (var engine = new Engine("instances")) {
            var running = engine.start();
            engine.stop(engine.start(), "end");

            engine.cleanUp();

            assertThat(engine.remembered())
                    .extracting(HistoricProcessInstance::getId)
                    .containsExactly(running);
        }
    }

    private class Engine implements AutoCloseable {
        private final ProcessEngine engine;

        Engine(String level) {
            var configuration = new StandaloneInMemProcessEngineConfiguration();
            configuration.setJdbcUrl(url);
            configuration.setDatabaseSchemaUpdate("true");
            configuration.setProcessEngineName(url + level);
            configuration.setJobExecutorActivate(false);
            configuration.setMetricsEnabled(false);
            configuration.setCustomHistoryLevels(List.of(new InstanceHistory()));
            configuration.setSchemaOperationsCommand(new HistoryLevelChange());
            configuration.setHistoryCleanupBatchWindowStartTime("00:00");
            configuration.setHistoryCleanupBatchWindowEndTime("23:59");
            configuration.setHistory(level);
            engine = configuration.buildProcessEngine();
        }

        String start() {
            engine.getRepositoryService()
                    .createDeployment()
                    .addString("waits.bpmn", WAITS)
                    .deploy();
            return engine.getRuntimeService().startProcessInstanceByKey("waits").getId();
        }

        void stop(String id, String how) {
            if (how.equals("delete")) {
                engine.getRuntimeService().deleteProcessInstance(id, "enough");
                return;
            }
            var task = engine.getTaskService()
                    .createTaskQuery()
                    .processInstanceId(id)
                    .singleResult();
            engine.getTaskService().complete(task.getId());
        }

        HistoryService history() {
            return engine.getHistoryService();
        }

        List<HistoricProcessInstance> remembered() {
            return history().createHistoricProcessInstanceQuery().list();
        }

        /** The job is there by itself; the test does not wait until it is due. */
        void cleanUp() {
            assertThat(history().findHistoryCleanupJobs()).isNotEmpty();
            history().findHistoryCleanupJobs().forEach(job -> engine.getManagementService()
                    .executeJob(job.getId()));
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
