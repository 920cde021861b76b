package io.drover.workflow;

import io.drover.access.Accounts;
import io.drover.operation.OperationProgress;
import io.drover.workflow.expression.ClosedEngine;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/** How the engine is set up: after Drover's own tables, with Drover's beans and accounts, and closed to all else. */
@Component
@DependsOnDatabaseInitialization
class EnginePlugin extends AbstractProcessEnginePlugin {
    private final BeanFactory beans;
    private final ProcessParseListener parseListener;
    private final Persons persons;
    private final AttemptJobHandler attempts;
    private final ObjectProvider<OperationProgress> progress;
    private final ObjectProvider<Accounts> accounts;
    private final EngineTables tables;
    private final ProcessProperties processes;

    EnginePlugin(
            BeanFactory beans,
            ProcessParseListener parseListener,
            Persons persons,
            AttemptJobHandler attempts,
            ObjectProvider<OperationProgress> progress,
            ObjectProvider<Accounts> accounts,
            EngineTables tables,
            ProcessProperties processes) {
        this.beans = beans;
        this.parseListener = parseListener;
        this.persons = persons;
        this.attempts = attempts;
        this.progress = progress;
        this.accounts = accounts;
        this.tables = tables;
        this.processes = processes;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        ClosedEngine.close(engine, new DiagramBeans(beans), ProcessVariables::isOwn);
        engine.setCustomPostBPMNParseListeners(with(engine.getCustomPostBPMNParseListeners(), parseListener));
        engine.setCustomJobHandlers(with(engine.getCustomJobHandlers(), attempts));
        for (SessionFactory sessions : List.of(
                new CommandNotes.Factory(), new GuardedVariables.Factory(), new WatchedExecutions.Factory(progress))) {
            engine.setCustomSessionFactories(with(engine.getCustomSessionFactories(), sessions));
        }
        engine.setIncidentHandlers(IncidentNotice.ofAllTypes(progress));
        engine.setIdentityProviderSessionFactory(new AccountIdentityProvider.Factory(accounts));
        engine.setCustomPreCommandInterceptorsTxRequired(
                with(engine.getCustomPreCommandInterceptorsTxRequired(), new CallersMistakes()));
        engine.setRepositoryService(new SentDiagrams());
        engine.setTaskService(new RecordedTasks(persons));
        engine.setFormService(new RecordedForms());
        engine.setCustomPostVariableSerializers(with(engine.getCustomPostVariableSerializers(), JsonText.serializer()));
        engine.setAuthorizationEnabled(false);
        engine.setCustomHistoryLevels(List.of(new InstanceHistory()));
        engine.setSchemaOperationsCommand(new HistoryLevelChange());
        engine.setHistoryTimeToLive(processes.historyTimeToLive());
        tables.lock();
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        DiagramGate.stand(engine);
        JsonText.addTo(engine);
        engine.getValueTypeResolver().addType(new NamedFiles());
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        try {
            TasklistFilter.make(engine);
        } finally {
            tables.unlock();
        }
    }

    private static <T> List<T> with(@Nullable List<T> known, T more) {
        List<T> all = known == null ? new ArrayList<>() : new ArrayList<>(known);
        all.add(more);
        return all;
    }
}
