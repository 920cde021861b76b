package io.drover.inventory;

import org.junit.jupiter.api.Tag;
import org.springframework.test.context.ContextConfiguration;

@Tag("matrix")
@ContextConfiguration(initializers = PostgresDatabase.class)
class VmsPostgresIT extends VmsTests {
    VmsPostgresIT(
            Vms vms,
            Hosts hosts,
            Clusters clusters,
            Templates templates,
            Networks networks,
            Details details,
            InventoryFixtures fixtures,
            VmCreations creations) {
        super(vms, hosts, clusters, templates, networks, details, fixtures, creations);
    }
}
