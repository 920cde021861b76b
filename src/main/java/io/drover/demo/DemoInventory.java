package io.drover.demo;

import io.drover.access.Actor;
import io.drover.extension.Extensions;
import io.drover.history.History;
import io.drover.history.HistoryQuery;
import io.drover.history.Subject;
import io.drover.home.StartStep;
import io.drover.inventory.ClusterSpec;
import io.drover.inventory.Clusters;
import io.drover.inventory.HostSpec;
import io.drover.inventory.Hosts;
import io.drover.inventory.NetworkSpec;
import io.drover.inventory.Networks;
import io.drover.inventory.ServiceOfferingSpec;
import io.drover.inventory.ServiceOfferings;
import io.drover.inventory.TemplateSpec;
import io.drover.inventory.Templates;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the demo inventory once per database, as long as there has never been a cluster in it. */
@Component
@ConditionalOnProperty(name = "drover.demo", havingValue = "true", matchIfMissing = true)
class DemoInventory extends StartStep {
    private static final Logger LOG = LoggerFactory.getLogger(DemoInventory.class);
    private static final Actor SYSTEM = Actor.SYSTEM;
    private static final String SIMULATOR = "Simulator";

    private static final int AFTER_EXTENSIONS = 1;

    private final Clusters clusters;
    private final Hosts hosts;
    private final Templates templates;
    private final ServiceOfferings offerings;
    private final Networks networks;
    private final Extensions extensions;
    private final History history;
    private final TransactionTemplate transaction;
    private final String stateDirectory;

    DemoInventory(
            Clusters clusters,
            Hosts hosts,
            Templates templates,
            ServiceOfferings offerings,
            Networks networks,
            Extensions extensions,
            History history,
            PlatformTransactionManager transactions,
            DemoState state) {
        super(AFTER_EXTENSIONS);
        this.clusters = clusters;
        this.hosts = hosts;
        this.templates = templates;
        this.offerings = offerings;
        this.networks = networks;
        this.extensions = extensions;
        this.history = history;
        this.transaction = new TransactionTemplate(transactions);
        this.stateDirectory = state.directory().toString();
    }

    @Override
    protected void run() {
        if (history.find(HistoryQuery.of("cluster.created"), PageRequest.of(1, null))
                .items()
                .isEmpty()) {
            tryToCreate();
        }
    }

    private void tryToCreate() {
        try {
            transaction.executeWithoutResult(status -> create());
            LOG.info(
                    "Created the demo inventory: cluster demo, host sim-1, template tiny, offering small, network demo");
        } catch (ProblemException e) {
            LOG.warn("There is no demo inventory: {}", e.getMessage());
        }
    }

    private void create() {
        clusters.create(new ClusterSpec("demo", "Simulated hosts to try Drover with", null), SYSTEM);
        hosts.create(new HostSpec("sim-1", "demo", null, Map.of("state_dir", stateDirectory)), SYSTEM);
        templates.create(new TemplateSpec("tiny", "A simulated VM", null, SIMULATOR, null), SYSTEM);
        offerings.create(new ServiceOfferingSpec("small", 1, 1000, 512, null), SYSTEM);
        networks.create(network(), SYSTEM);
        extensions.map(SIMULATOR, "demo", Map.of(), SYSTEM);
        history.append(SYSTEM, "demo.created", new Subject("cluster", "demo", "demo"), Map.of());
    }

    private static NetworkSpec network() {
        return new NetworkSpec(
                "demo", "10.10.0.0/16", null, 100, "fd00:d0:e0::/64", null, null, null, null, null, null, null);
    }
}
