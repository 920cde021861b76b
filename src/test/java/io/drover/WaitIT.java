package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who wants to know how an operation ends waits for the answer instead of asking again and again. */
@Tag("matrix")
class WaitIT extends WholeApplication {

    @Test
    void theAnswerComesWhenTheOperationIsOver() {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_stop", "2");
        var stop = begin("stop", vm);
        var asked = Instant.now();

        var answer = waiting(stop, 60);

        assertThat(answer.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(answer.path("steps").findValuesAsText("verb")).contains("stop");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(30));
        assertThat(waiting(stop, 60)).isEqualTo(admin.operation(stop));
    }

    @Test
    void theAnswerComesAfterTheTime() {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_stop", "60");
        var stop = begin("stop", vm);
        var asked = Instant.now();

        assertThat(waiting(stop, 1).path("state").asText()).isIn("QUEUED", "RUNNING");

        assertThat(Duration.between(asked, Instant.now())).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
        assertThat(waiting(stop, 0).path("state").asText()).isIn("QUEUED", "RUNNING");
        admin.post("/api/v1/operations/" + stop + "/cancel").expecting(200);
        assertThat(waiting(stop, 60).path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void theAnswerComesWhenSomebodyMustDoSomethingAndNotBeforeAnotherAttempt()
            throws ExecutionException, InterruptedException, TimeoutException {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "fault_stop", "die-before");
        var stop = begin("stop", vm);
        var answer = CompletableFuture.supplyAsync(() -> waiting(stop, 60));
        admin.awaitWaiting(stop, "Attempt 2 of 2");
        assertThat(answer).isNotDone();

        admin.post("/api/v1/operations/" + stop + "/retry").expecting(200);

        assertThat(answer.get(40, TimeUnit.SECONDS).path("waitingFor").asText()).startsWith("Incident");
        assertThat(waiting(stop, 60).path("state").asText()).isEqualTo("WAITING");
        admin.post("/api/v1/operations/" + stop + "/cancel").expecting(200);
    }

    @Test
    void manyWaitWithoutHoldingUpAnybody() throws IOException {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_stop", "60");
        var stop = begin("stop", vm);
        var many = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(server + "/api/v1/operations/" + stop + "?wait=60"))
                .header("Authorization", "Basic " + credentials())
                .build();
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 300)
                .mapToObj(number -> many.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
        await().until(() -> waiters() >= 300);

        assertThat(admin.get("/api/v1/me").status()).isEqualTo(200);
        admin.post("/api/v1/operations/" + stop + "/cancel").expecting(200);

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.get(60, TimeUnit.SECONDS).body()).contains("\"state\":\"CANCELLED\""));
    }

    @Test
    void whoMayNotSeeTheOperationIsToldAtOnce() {
        var operation = admin.get("/api/v1/operations?vm=" + inventory.running(inventory.site()))
                .expecting(200)
                .path("items")
                .path(0)
                .path("id")
                .asText();

        assertThat(caller("User", "/x")
                        .get("/api/v1/operations/" + operation + "?wait=60")
                        .status())
                .isEqualTo(404);
        assertThat(DroverClient.anonymous(server)
                        .get("/api/v1/operations/" + operation + "?wait=60")
                        .status())
                .isEqualTo(401);
    }

    private static String credentials() throws IOException {
        var password = Files.readString(HOME.resolve("initial-admin-password")).strip();
        return Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Threads that serve requests and have not been given back would be busy. */
    private int waiters() {
        return admin.get("/actuator/metrics/drover.operations.waiters")
                .expecting(200)
                .path("measurements")
                .path(0)
                .path("value")
                .asInt();
    }

    private String begin(String verb, String vm) {
        return inventory.begin(verb, vm).expecting(202).path("id").asText();
    }

    private JsonNode waiting(String operation, int seconds) {
        return admin.get("/api/v1/operations/" + operation + "?wait=" + seconds).expecting(200);
    }
}
