package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine itself remembers of the processes that operations are. */
@Tag("matrix")
class EngineHistoryIT extends WholeApplication {

    @Test
    void theEngineTellsWhenAProcessBeganAndHowItEnded() {
        var vm = admin.done(admin.post("/api/v1/vms", Inventory.vm(inventory.site(), Map.of())));
        var operation = admin.done(admin.post("/api/v1/vms/" + vm.path("vm").asText() + "/status"));
        var id = operation.path("processInstance").asText();

        var remembered =
                admin.get("/engine-rest/history/process-instance/" + id).expecting(200);

        assertThat(remembered.path("startTime").asText()).isNotBlank();
        assertThat(remembered.path("endTime").asText()).isNotBlank();
        assertThat(remembered.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(remembered.path("removalTime").asText()).isNotBlank();
    }

    @Test
    void cleanUpIsDueByItself() {
        assertThat(admin.get("/engine-rest/history/cleanup/jobs").expecting(200))
                .isNotEmpty();
    }
}
