package io.drover.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A caller that does not give up: while one server is down it asks the next, and again, until it knows the answer. */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<URI> servers;
    private final String credentials;
    private final Findings findings;
    private final AtomicInteger turn = new AtomicInteger();

    Api(List<URI> servers, String password, Findings findings) {
        this.servers = servers;
        this.findings = findings;
        var shown = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
        this.credentials = "Basic " + Base64.getEncoder().encodeToString(shown);
    }

    /**
     * A definite answer: 2xx or 4xx.
     *
     * @param tries how often it was asked; more than 1 when an answer was lost
     */
    record Answer(int status, JsonNode body, int tries) {
        String text(String field) {
            return body.path(field).asText();
        }
    }

    Answer get(String path) throws InterruptedException {
        return ask("GET", path, null, null);
    }

    /** Every item of a list, over all its pages, newest first. */
    List<JsonNode> all(String path) throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        var cursor = "";
        do {
            var page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + cursor);
            if (page.status() != 200) {
                throw new IllegalStateException(path + ": " + page);
            }
            page.body().path("items").forEach(items::add);
            cursor = page.body().hasNonNull("next") ? "&cursor=" + page.text("next") : "";
        } while (!cursor.isEmpty());
        return items;
    }

    Answer ask(String method, String path, @Nullable Object body, @Nullable String key) throws InterruptedException {
        var giveUp = Instant.now().plus(PATIENCE);
        for (int tries = 1; ; tries++) {
            var server = servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
            try {
                var response = http.send(request(server, method, path, body, key), BodyHandlers.ofString());
                if (response.statusCode() < 500) {
                    var text = response.body();
                    return new Answer(
                            response.statusCode(), text.isEmpty() ? JSON.nullNode() : JSON.readTree(text), tries);
                }
                if (response.statusCode() != 503) {
                    findings.violation(
                            method + " " + path + " is answered with " + response.statusCode() + " " + response.body());
                }
            } catch (IOException e) {
                findings.count("requests that no answer came to");
            }
            if (giveUp.isBefore(Instant.now())) {
                throw new IllegalStateException(method + " " + path + ": no answer for " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(150);
        }
    }

    private HttpRequest request(URI server, String method, String path, @Nullable Object body, @Nullable String key)
            throws IOException {
        var request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", credentials)
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.build();
    }
}
