package io.drover.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * The engine as it comes, with its own shell task; the client waits until the process has ended and that is committed. The
 * task's arguments must be fixed texts, so all calls read one payload file; a file for each call is written nevertheless.
 */
final class StockShellTask implements Contender {
    private final boolean async;
    private final Calls calls;
    private final ProcessEngine engine;
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

    StockShellTask(Database database, boolean async, String history, Path script, Calls calls) throws IOException {
        this.async = async;
        this.calls = calls;
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName(name());
        configuration.setDataSource(database.pool());
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setJobExecutorActivate(async);
        configuration.setHistory(history);
        configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(new EndOfProcess())));
        this.engine = configuration.buildProcessEngine();
        deploy(script);
    }

    private void deploy(Path script) throws IOException {
        try (var file = StockShellTask.class.getResourceAsStream("/bench/stock-shell.bpmn")) {
            var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            var diagram = text.replace("@ASYNC@", Boolean.toString(async))
                    .replace("@SCRIPT@", script.toString())
                    .replace("@PAYLOAD@", calls.begin().toString())
                    .getBytes(StandardCharsets.UTF_8);
            engine.getRepositoryService()
                    .createDeployment()
                    .addInputStream("stock-shell.bpmn", new ByteArrayInputStream(diagram))
                    .deploy();
        }
    }

    @Override
    public String name() {
        return async ? "shell-async" : "shell";
    }

    @Override
    public void call(int client) throws Exception {
        var file = calls.begin();
        var key = file.getFileName().toString();
        var answer = new CompletableFuture<String>();
        waiting.put(key, answer);
        engine.getRuntimeService().startProcessInstanceByKey("stock-shell", key);
        Calls.end(file, answer.get(60, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class EndOfProcess extends AbstractBpmnParseListener {
        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity process) {
            process.addListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::ended);
        }

        private void ended(DelegateExecution execution) {
            var answer = String.valueOf(execution.getVariable("answer"));
            var waiter = Objects.requireNonNull(waiting.remove(execution.getProcessBusinessKey()));
            Context.getCommandContext()
                    .getTransactionContext()
                    .addTransactionListener(TransactionState.COMMITTED, context -> waiter.complete(answer));
        }
    }
}
