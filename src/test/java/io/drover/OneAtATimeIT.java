package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DroverClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One operation at a time per VM, and one per idempotency key. */
@Tag("matrix")
class OneAtATimeIT extends WholeApplication {

    @Test
    void aBusyVmNamesTheOperationInTheWay() {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_reboot", "3");
        var first = admin.post("/api/v1/vms/" + vm + "/reboot").expecting(202);
        var id = first.path("id").asText();

        for (var answer : List.of(admin.post("/api/v1/vms/" + vm + "/stop"), admin.delete("/api/v1/vms/" + vm))) {
            var problem = Problems.check(answer, 409);
            assertThat(problem.path("type").asText()).isEqualTo("/problems/operation-in-progress");
            assertThat(problem.path("operation").asText()).isEqualTo(id);
        }
        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(inventory.ask("stop", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aRepeatedRequestWithItsKeyIsTheSameOperation() {
        var site = inventory.site();
        var wish = Inventory.vm(site, Map.of());
        var key = unique("key");

        var first = admin.post("/api/v1/vms", wish, "Idempotency-Key", key).expecting(202);
        var again = admin.post("/api/v1/vms", wish, "Idempotency-Key", key).expecting(202);

        assertThat(again.path("id")).isEqualTo(first.path("id"));
        var other = admin.post("/api/v1/vms", Inventory.vm(site, Map.of()), "Idempotency-Key", key);
        assertThat(Problems.check(other, 409).path("detail").asText()).contains(key);
        admin.awaitEnd(first.path("id").asText());
    }

    @Test
    void theKeysOfTwoCallersAreTwo() {
        var site = inventory.site();
        var key = unique("key");
        var other = caller("Admin", "/");

        var mine = admin.post("/api/v1/vms", Inventory.vm(site, Map.of()), "Idempotency-Key", key)
                .expecting(202);
        var theirs = other.post("/api/v1/vms", Inventory.vm(site, Map.of()), "Idempotency-Key", key)
                .expecting(202);

        assertThat(theirs.path("id")).isNotEqualTo(mine.path("id"));
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        var vm = inventory.running(inventory.site());
        var key = unique("key");
        Problems.check(admin.post("/api/v1/vms/" + vm + "/start", "", "Idempotency-Key", key), 409);
        inventory.ask("stop", vm);

        admin.done(admin.post("/api/v1/vms/" + vm + "/start", "", "Idempotency-Key", key));

        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    @Test
    void manyWithOneKeyBeginOneOperation() throws Exception {
        var wish = Inventory.vm(inventory.site(), Map.of());
        var key = unique("key");

        var answers = atOnce(6, () -> admin.post("/api/v1/vms", wish, "Idempotency-Key", key));

        assertThat(answers).allSatisfy(answer -> answer.expecting(202));
        assertThat(answers.stream()
                        .map(answer -> answer.json().path("id").asText())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void manyThatStopOneVmBeginOneOperation() throws Exception {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_stop", "1");

        var answers = atOnce(6, () -> admin.post("/api/v1/vms/" + vm + "/stop"));

        assertThat(answers.stream().map(Answer::status).sorted()).containsExactly(202, 409, 409, 409, 409, 409);
        answers.stream().filter(answer -> answer.status() == 409).forEach(answer -> Problems.check(answer, 409));
    }

    @Test
    void manyNewVmsGetAddressesOfTheirOwn() throws Exception {
        var site = inventory.site();

        var answers = atOnce(6, () -> inventory.deploy(site, Map.of()));

        var operations = answers.stream().map(admin::done).toList();
        assertThat(operations)
                .allSatisfy(operation ->
                        assertThat(operation.path("state").asText()).isEqualTo("SUCCEEDED"));
        assertThat(operations.stream()
                        .map(operation -> admin.vm(operation.path("vm").asText()))
                        .map(vm -> vm.path("nics").path(0).path("ip").asText())
                        .distinct())
                .hasSize(6);
    }

    private static List<Answer> atOnce(int times, Callable<Answer> request) throws Exception {
        var barrier = new CyclicBarrier(times);
        var threads = Executors.newFixedThreadPool(times);
        try {
            var futures = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(() -> {
                        barrier.await();
                        return request.call();
                    }))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (var future : futures) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
