package io.drover.inventory;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.PlatformTransactionManager;

@Tag("matrix")
@ContextConfiguration(initializers = PostgresDatabase.class)
class VmPatchingPostgresIT extends VmPatchingTests {
    VmPatchingPostgresIT(
            Vms vms,
            Details details,
            InventoryFixtures fixtures,
            ObjectMapper json,
            PlatformTransactionManager transactions) {
        super(vms, details, fixtures, json, transactions);
    }
}
