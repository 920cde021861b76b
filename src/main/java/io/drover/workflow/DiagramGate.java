package io.drover.workflow;

import io.drover.diagram.Diagrams;
import io.drover.diagram.Fault;
import io.drover.workflow.DiagramRefusal.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.deployer.BpmnDeployer;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;

/**
 * Stands before the engine's reading of diagrams, whichever door they come by. Nothing of a deployment is taken unless all
 * of it may be.
 */
final class DiagramGate implements Deployer {
    private final Deployer engine;

    private DiagramGate(Deployer engine) {
        this.engine = engine;
    }

    /** Stands in for the engine's own among those that see each deployment, before all others. */
    static void stand(ProcessEngineConfigurationImpl configuration) {
        List<Deployer> deployers = new ArrayList<>(configuration.getDeployers());
        deployers.replaceAll(deployer -> deployer instanceof BpmnDeployer ? new DiagramGate(deployer) : deployer);
        if (!(deployers.get(0) instanceof DiagramGate)) {
            throw new IllegalStateException("Something reads deployments before they are checked: " + deployers);
        }
        configuration.getDeploymentCache().setDeployers(deployers);
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            refuseIfAny(loaded(deployment));
            engine.deploy(deployment);
            return;
        }
        refuseIfAny(faults(deployment));
        try {
            engine.deploy(deployment);
        } catch (ParseException e) {
            throw new DiagramRefusal(told(e));
        } catch (OptimisticLockingException e) {
            throw e;
        } catch (ProcessEngineException e) {
            if (isOfTheDatabase(e)) {
                throw e;
            }
            var file = String.join(", ", deployment.getResources().keySet());
            throw new DiagramRefusal(List.of(new Reason(file, new Fault(1, "", String.valueOf(e.getMessage())))));
        }
    }

    private static void refuseIfAny(List<Reason> reasons) {
        if (!reasons.isEmpty()) {
            throw new DiagramRefusal(reasons);
        }
    }

    private static List<Reason> faults(DeploymentEntity deployment) {
        List<Reason> reasons = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (deployment.getTenantId() != null) {
            reasons.add(new Reason(
                    "the deployment",
                    new Fault(
                            1,
                            "",
                            "It is for the tenant '" + deployment.getTenantId()
                                    + "', but there are no tenants; leave it out")));
        }
        deployment.getResources().values().forEach(resource -> {
            var path = resource.getName();
            var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
            if (!isDiagram(name)) {
                reasons.add(new Reason(
                        path,
                        new Fault(1, "", "Only diagrams are taken, files named PROCESS-ID.bpmn; leave this one out")));
            } else if (!names.add(name.substring(0, name.indexOf(".bpmn")))) {
                reasons.add(
                        new Reason(path, new Fault(1, "", "There is another diagram of this name in the deployment")));
            } else {
                Diagrams.check(name, resource.getBytes()).forEach(fault -> reasons.add(new Reason(path, fault)));
            }
        });
        return reasons;
    }

    private static boolean isDiagram(String name) {
        return name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml");
    }

    /** What the engine reads again from its database; it reads as diagrams whatever ends so. */
    private static List<Reason> loaded(DeploymentEntity deployment) {
        return deployment.getResources().values().stream()
                .filter(resource -> resource.getName().endsWith("bpmn")
                        || resource.getName().endsWith("bpmn20.xml"))
                .flatMap(resource -> Diagrams.checkLoaded(resource.getBytes()).stream()
                        .map(fault -> new Reason(resource.getName(), fault)))
                .toList();
    }

    private static List<Reason> told(ParseException failure) {
        return failure.getResorceReports().stream()
                .flatMap(report -> report.getErrors().stream()
                        .map(problem -> new Reason(report.getResourceName(), fault(problem))))
                .toList();
    }

    private static Fault fault(Problem problem) {
        var id = problem.getMainElementId();
        return new Fault(Math.max(1, problem.getLine()), id == null ? "" : id, String.valueOf(problem.getMessage()));
    }

    private static boolean isOfTheDatabase(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(SQLException.class::isInstance);
    }
}
