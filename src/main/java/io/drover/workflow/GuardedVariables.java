package io.drover.workflow;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.CachedDbEntity;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;

/**
 * Lets nobody but Drover write the variables that are its own ({@link ProcessVariables#isOwn}): whatever a start, a form, a
 * worker, a message or a diagram has set passes here on its way to the database.
 */
final class GuardedVariables extends DbEntityManager {
    private GuardedVariables() {
        super(
                Context.getProcessEngineConfiguration().getIdGenerator(),
                Context.getCommandContext().getSession(PersistenceSession.class));
    }

    @Override
    protected void flushCachedEntity(CachedDbEntity cached) {
        if (cached.getEntity() instanceof VariableInstanceEntity variable
                && ProcessVariables.mayBeOwn(variable.getName())) {
            check(cached, variable);
        }
        super.flushCachedEntity(cached);
    }

    private void check(CachedDbEntity cached, VariableInstanceEntity variable) {
        switch (cached.getEntityState()) {
            case TRANSIENT, MERGED -> checkWritten(variable);
            case DELETED_PERSISTENT, DELETED_MERGED -> checkRemoved(variable.getName());
            case PERSISTENT -> {
                if (cached.isDirty()) {
                    checkWritten(variable);
                }
            }
            case DELETED_TRANSIENT -> {}
        }
    }

    private static void checkWritten(VariableInstanceEntity variable) {
        if (variable.getProcessInstanceId() != null
                && ProcessVariables.isOwn(process(variable), variable.getName())
                && !isDrovers(variable)) {
            throw refusal(process(variable), variable.getName());
        }
    }

    /** A variable that goes with its process goes rightly; one that is removed from it knows no more whose it was. */
    private void checkRemoved(String name) {
        for (var execution : getCachedEntitiesByType(ExecutionEntity.class)) {
            var key = execution.getProcessDefinition().getKey();
            if (execution.isProcessInstanceExecution()
                    && !isDeleted(execution)
                    && ProcessVariables.isOwn(key, name)
                    && !execution.hasVariableLocal(name)) {
                throw refusal(key, name);
            }
        }
    }

    private static BadUserRequestException refusal(String process, String name) {
        return new BadUserRequestException("The variable '" + name + "' is Drover's own in " + process
                + "; it cannot be set or removed. Use another name");
    }

    private static boolean isDrovers(VariableInstanceEntity variable) {
        var instance = variable.getProcessInstanceId();
        return instance.equals(variable.getExecutionId())
                && variable.getTaskId() == null
                && CommandNotes.current().isOwn(instance, variable.getName(), variable.getValue());
    }

    private static String process(VariableInstanceEntity variable) {
        return Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(variable.getProcessDefinitionId())
                .getKey();
    }

    /** Stands in for the engine's own. */
    record Factory() implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return DbEntityManager.class;
        }

        @Override
        public Session openSession() {
            return new GuardedVariables();
        }
    }
}
