package io.drover.workflow;

import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.camunda.bpm.engine.impl.cmd.DeployCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.repository.DeploymentBuilderImpl;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;

/**
 * The engine's repository, in which what was sent is in force once it has been taken, whatever its sender asks the engine to
 * filter out and whichever door the version before it came by.
 */
final class SentDiagrams extends RepositoryServiceImpl {

    @Override
    public DeploymentBuilder createDeployment() {
        return new Sent(this);
    }

    @Override
    public DeploymentWithDefinitions deployWithResult(DeploymentBuilderImpl deployment) {
        return commandExecutor.execute(new Deploy(deployment));
    }

    /** A deployment that is being put together. */
    static final class Sent extends DeploymentBuilderImpl {
        private static final long serialVersionUID = 1;

        private boolean fromFiles;

        private Sent(RepositoryServiceImpl repository) {
            super(repository);
        }

        /** Has those left out that have not changed since they were last loaded from files, even if they were replaced since. */
        void loadChangedFilesOnly() {
            fromFiles = true;
            enableDuplicateFiltering(false);
        }

        @Override
        public DeploymentBuilder activateProcessDefinitionsOn(Date date) {
            throw new BadUserRequestException(
                    "A diagram is in force as soon as it is loaded; it cannot be activated on " + date.toInstant()
                            + ". Leave out the activation time, and send the diagram when it is to be in force");
        }
    }

    private static final class Deploy extends DeployCmd {
        private static final long serialVersionUID = 1;

        Deploy(DeploymentBuilderImpl deployment) {
            super(deployment);
        }

        @Override
        protected Map<String, ResourceEntity> resolveResourcesToDeploy(
                CommandContext context, DeploymentEntity deployment) {
            var changed = super.resolveResourcesToDeploy(context, deployment);
            if (!deploymentBuilder.isDuplicateFilterEnabled()
                    || deploymentBuilder instanceof Sent sent && sent.fromFiles) {
                return changed;
            }
            Map<String, ResourceEntity> wanted = new LinkedHashMap<>(changed);
            deployment.getResources().forEach((name, resource) -> {
                if (!isInForce(context, resource)) {
                    wanted.put(name, resource);
                }
            });
            return wanted.isEmpty() || deploymentBuilder.isDeployChangedOnly() ? wanted : deployment.getResources();
        }

        private static boolean isInForce(CommandContext context, ResourceEntity resource) {
            var key = DiagramFiles.process(resource.getName());
            var newest = context.getProcessDefinitionManager().findLatestProcessDefinitionByKey(key);
            return newest != null
                    && !newest.isSuspended()
                    && Arrays.equals(
                            resource.getBytes(),
                            context.getResourceManager()
                                    .findResourceByDeploymentIdAndResourceName(
                                            newest.getDeploymentId(), newest.getResourceName())
                                    .getBytes());
        }
    }
}
