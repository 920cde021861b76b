package io.drover;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** On H2. */
@Tag("matrix")
class ListPlansIT extends ListPlans {
    private static final Path HOME = DroverServer.newHome();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("drover.home", HOME::toString);
    }

    @Override
    boolean isPostgres() {
        return false;
    }
}
