package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Under a name that others give too, what a creation without an answer may have left is looked at, and told if it is not ours. */
@Tag("matrix")
class ForeignVmIT extends WholeApplication {
    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "delete"})
    void thatThereIsAForeignVmIsToldByTheOperationAndTheVm(String verb) throws Exception {
        var site = inventory.site();
        var vm = admin.done(inventory.deploy(site, Map.of("fault_create", "exit:3")))
                .path("vm")
                .asText();
        var name = "i-1-" + (1000 + Math.floorMod(vm.hashCode(), 1000)) + "-VM";
        jdbc.sql("UPDATE vm SET internal_name = ? WHERE id = ?")
                .params(name, UUID.fromString(vm))
                .update();
        inventory.detail(vm, "fault_create", "die-before");
        inventory.detail(vm, "answer_status", "{\"status\":\"success\",\"power_state\":\"poweron\"}");

        var operation = inventory.ask("deploy", vm);
        if (verb.equals("delete")) {
            assertThat(operation.path("error").path("message").asText()).contains("Before that, Deploy VM: ");
            operation = inventory.ask("delete", vm);
        }

        assertThat(operation.path("state").asText()).isEqualTo("FAILED");
        assertThat(operation.path("error").path("code").asText()).isEqualTo("foreign-vm");
        assertThat(operation.path("error").path("message").asText()).contains("There is a VM named " + name, "force");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Error");
        assertThat(admin.vm(vm).path("stateReason").asText()).contains("There is a VM named " + name);
        assertThat(site.calls(vm)).doesNotContain("stop", "delete");
    }
}
