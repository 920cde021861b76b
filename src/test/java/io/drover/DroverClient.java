package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks to a Drover server over HTTP as one caller. */
final class DroverClient {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI server;
    private final List<String> credentials;

    private DroverClient(URI server, String... credentials) {
        this.server = server;
        this.credentials = List.of(credentials);
    }

    static DroverClient anonymous(URI server) {
        return new DroverClient(server);
    }

    static DroverClient basic(URI server, String name, String password) {
        var shown = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new DroverClient(server, "Authorization", "Basic " + shown);
    }

    static DroverClient apiKey(URI server, String key) {
        return new DroverClient(server, "X-API-Key", key);
    }

    /** The value of the header Authorization of a caller by name and password. */
    String authorization() {
        return credentials.get(1);
    }

    /** What the server answered. */
    record Answer(int status, HttpHeaders headers, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }

        String contentType() {
            return headers.firstValue("Content-Type").orElse("");
        }

        JsonNode expecting(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return text.isEmpty() ? JSON.createObjectNode() : json();
        }
    }

    Answer get(String path) {
        return send("GET", path, null, new byte[0]);
    }

    Answer delete(String path) {
        return send("DELETE", path, null, new byte[0]);
    }

    Answer post(String path) {
        return send("POST", path, null, new byte[0]);
    }

    Answer post(String path, Object body, String... headers) {
        return json("POST", path, body, headers);
    }

    Answer patch(String path, Object body) {
        return json("PATCH", path, body);
    }

    Answer put(String path, Object body) {
        return json("PUT", path, body);
    }

    /** Sends an object as JSON, or a text as it is. */
    Answer json(String method, String path, Object body, String... headers) {
        try {
            var bytes =
                    body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(body);
            return send(method, path, "application/json", bytes, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer send(String method, String path, @Nullable String contentType, byte[] body, String... headers) {
        var publisher =
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        var request = HttpRequest.newBuilder(URI.create(server + path)).method(method, publisher);
        request.timeout(PATIENCE);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        addAll(request, credentials);
        addAll(request, Arrays.asList(headers));
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks for something that goes on and waits for its end. */
    JsonNode done(Answer accepted) {
        return awaitEnd(accepted.expecting(202).path("id").asText());
    }

    JsonNode awaitEnd(String operation) {
        return poll(operation, now -> ENDED.contains(now.path("state").asText()));
    }

    JsonNode awaitState(String operation, String state) {
        return poll(operation, now -> now.path("state").asText().equals(state));
    }

    /** Waits until the operation waits for something whose description has the text in it. */
    JsonNode awaitWaiting(String operation, String reason) {
        return poll(
                operation,
                now -> now.path("state").asText().equals("WAITING")
                        && now.path("waitingFor").asText().contains(reason));
    }

    JsonNode operation(String id) {
        return get("/api/v1/operations/" + id).expecting(200);
    }

    JsonNode vm(String reference) {
        return get("/api/v1/vms/" + reference).expecting(200);
    }

    /** The operation's actions, oldest first. */
    List<JsonNode> actions(String operation) {
        var items = get("/api/v1/actions?operation=" + operation).expecting(200).path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .sorted((a, b) -> a.path("requestedAt")
                        .asText()
                        .compareTo(b.path("requestedAt").asText()))
                .toList();
    }

    JsonNode action(String operation, String verb) {
        var brief = actions(operation).stream()
                .filter(action -> action.path("verb").asText().equals(verb))
                .reduce((first, second) -> second)
                .orElseThrow();
        return get("/api/v1/actions/" + brief.path("id").asText()).expecting(200);
    }

    private JsonNode poll(String operation, Predicate<JsonNode> wanted) {
        try {
            return await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> operation(operation), wanted);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Still " + operation(operation), e);
        }
    }

    private static void addAll(HttpRequest.Builder request, List<String> headers) {
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
    }
}
