package io.drover.workflow;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The diagrams that the engine runs, and how they get there. */
@Service
public class Processes {
    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);
    private static final String UPLOAD = "an upload";

    private final RepositoryService repository;
    private final DiagramFiles files;
    private final History history;
    private final TransactionTemplate transaction;

    Processes(
            RepositoryService repository,
            DiagramFiles files,
            History history,
            PlatformTransactionManager transactions) {
        this.repository = repository;
        this.files = files;
        this.history = history;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What the engine runs now under a key.
     *
     * @param key the process id in the diagram, e.g. {@code vm-start}
     * @param version counts up with each changed diagram, from 1
     */
    public record Process(String key, @Nullable String name, int version) {}

    /**
     * What became of one diagram.
     *
     * @param changed whether it differs from the last that was loaded from a file and so is a new version now
     * @param problem why it was not loaded, so that what ran before still does; null when it was
     */
    public record Load(
            String file,
            String source,
            boolean changed,
            @Nullable String problem) {}

    /** The newest version of every process. */
    public List<Process> list() {
        return repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .orderByProcessDefinitionKey()
                .asc()
                .list()
                .stream()
                .map(found -> new Process(found.getKey(), found.getName(), found.getVersion()))
                .toList();
    }

    /** The newest diagram of a process as BPMN 2.0 XML. */
    public byte[] diagram(String key) {
        return content(newest(key));
    }

    private byte[] content(ProcessDefinition process) {
        try (var xml = repository.getProcessModel(process.getId())) {
            return xml.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all diagram files again and loads those that have changed; one that cannot be loaded holds up no other. */
    public List<Load> reload(Actor actor) {
        List<Load> loads = new ArrayList<>();
        for (var diagram : files.read().values()) {
            try {
                loads.add(new Load(diagram.name(), diagram.source(), load(diagram, actor), null));
            } catch (ProblemException e) {
                LOG.error("Diagram {} from {} was not loaded: {}", diagram.name(), diagram.source(), e.getMessage());
                loads.add(new Load(diagram.name(), diagram.source(), false, e.getMessage()));
            }
        }
        return loads;
    }

    /**
     * Loads one diagram given as text.
     *
     * @throws ProblemException when it is no valid diagram; what ran before still does
     */
    public Process load(String key, byte[] xml, Actor actor) {
        load(new DiagramFiles.Diagram(key + ".bpmn", UPLOAD, xml), actor);
        var loaded = newest(key);
        return new Process(loaded.getKey(), loaded.getName(), loaded.getVersion());
    }

    private boolean load(DiagramFiles.Diagram diagram, Actor actor) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> deploy(diagram, actor)));
        } catch (DiagramRefusal e) {
            throw e.asProblem();
        } catch (ProcessEngineException e) {
            throw ProblemException.invalid(
                    "", diagram.name() + " is not a diagram that can be loaded: " + e.getMessage(), diagram.name());
        }
    }

    /**
     * A file counts as changed when it differs from the last that was loaded from a file, or when its process is not there any
     * more; an upload when it differs from what is in force, wherever that came from. What is suspended is not in force.
     */
    private boolean deploy(DiagramFiles.Diagram diagram, Actor actor) {
        boolean upload = diagram.source().equals(UPLOAD);
        if (upload && isInForce(diagram)) {
            return false;
        }
        var deployment = repository
                .createDeployment()
                .name("drover:" + diagram.name())
                .source(upload ? UPLOAD : "a file")
                .addInputStream(diagram.name(), new ByteArrayInputStream(diagram.content()));
        if (!upload && newestOf(key(diagram)).isPresent()) {
            ((SentDiagrams.Sent) deployment).loadChangedFilesOnly();
        }
        var deployed = deployment.deployWithResult().getDeployedProcessDefinitions();
        if (deployed == null) {
            return false;
        }
        for (var process : deployed) {
            var subject = new Subject("process", process.getId(), process.getKey());
            history.append(
                    actor,
                    "process.loaded",
                    subject,
                    Map.of("version", process.getVersion(), "source", diagram.source()));
        }
        return true;
    }

    private boolean isInForce(DiagramFiles.Diagram diagram) {
        return newestOf(key(diagram))
                .filter(found -> !found.isSuspended() && Arrays.equals(content(found), diagram.content()))
                .isPresent();
    }

    private static String key(DiagramFiles.Diagram diagram) {
        return DiagramFiles.process(diagram.name());
    }

    private ProcessDefinition newest(String key) {
        return newestOf(key).orElseThrow(() -> ProblemException.notFound("process", key));
    }

    private Optional<ProcessDefinition> newestOf(String key) {
        return Optional.ofNullable(repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult());
    }
}
