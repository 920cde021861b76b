package io.drover.inventory;

import org.junit.jupiter.api.Tag;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@Tag("matrix")
@ContextConfiguration(initializers = PostgresDatabase.class)
class VmAllocationPostgresIT extends VmAllocationTests {
    VmAllocationPostgresIT(
            Vms vms, Hosts hosts, Clusters clusters, Networks networks, InventoryFixtures fixtures, JdbcClient jdbc) {
        super(vms, hosts, clusters, networks, fixtures, jdbc);
    }
}
