package io.drover.inventory;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.springframework.test.context.ContextConfiguration;

@Tag("matrix")
@ContextConfiguration(initializers = PostgresDatabase.class)
class PatchTolerancePostgresIT extends PatchToleranceTests {
    PatchTolerancePostgresIT(
            Vms vms,
            Networks networks,
            Details details,
            InventoryFixtures fixtures,
            ObjectMapper json,
            VmCreations creations) {
        super(vms, networks, details, fixtures, json, creations);
    }
}
