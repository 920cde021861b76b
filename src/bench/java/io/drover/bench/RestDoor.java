package io.drover.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;

/**
 * Drover asked over HTTP with an API key: one request to begin, one for the result. Between them the client is told of the end
 * inside this JVM. The processor time is the client's, too.
 */
final class RestDoor implements Contender {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Application application;
    private final List<String> vms;
    private final String key;

    RestDoor(Application application, List<String> vms) {
        this.application = application;
        this.vms = vms;
        this.key = application.apiKey();
    }

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public void call(int client) throws Exception {
        var begun = send("POST", "/api/v1/vms/" + vms.get(client) + "/status", 202);
        var id = begun.path("id").asText();
        application.awaitSuccess(UUID.fromString(id));
        var ended = send("GET", "/api/v1/operations/" + id, 200);
        if (!ended.path("state").asText().equals("SUCCEEDED")) {
            throw new IllegalStateException(ended.toString());
        }
    }

    private JsonNode send(String method, String path, int expected) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(application.address() + path))
                .method(method, BodyPublishers.noBody())
                .header("X-API-Key", key)
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
