package io.drover.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.ListData;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long pages of lists take, of whatever is asked for: the first one and a deep one, of one client. */
final class Lists {
    /** Pages of the most items that are skipped to be deep in a list. */
    private static final int DEEP = 10;

    private final String kind;
    private final Application application;
    private final int requests;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String key;

    Lists(String kind, Application application, int requests) {
        this.kind = kind;
        this.application = application;
        this.requests = requests;
        this.key = application.apiKey();
    }

    /** @param rows how many VMs, operations, and actions and entries of the ledger */
    void run(PrintStream out, List<Integer> rows) throws IOException, InterruptedException {
        ListData.fill(application.jdbc(), kind.equals("postgresql"), rows.get(0), rows.get(1), rows.get(2));
        out.printf("%n| database | list | items | first page p50 ms | p95 | deep page p50 ms | p95 |%n");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (var list : ListData.LISTS) {
            var deep = deep(list);
            out.printf(
                    Locale.ROOT,
                    "| %s | `%s` | %d | %s | %s |%n",
                    kind,
                    list,
                    get(list).path("items").size(),
                    measure(list),
                    deep == null ? "– | –" : measure(deep));
        }
    }

    private @Nullable String deep(String list) throws IOException, InterruptedException {
        var separator = list.contains("?") ? "&" : "?";
        var next = "";
        for (int page = 0; page < DEEP; page++) {
            next = get(list + separator + "limit=1000" + (next.isEmpty() ? "" : "&cursor=" + next))
                    .path("next")
                    .asText();
            if (next.isEmpty()) {
                return null;
            }
        }
        return list + separator + "cursor=" + next;
    }

    private String measure(String list) throws IOException, InterruptedException {
        for (int request = 0; request < requests / 10; request++) {
            get(list);
        }
        List<Double> millis = new ArrayList<>();
        for (int request = 0; request < requests; request++) {
            long begin = System.nanoTime();
            get(list);
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        Collections.sort(millis);
        return String.format(Locale.ROOT, "%.1f | %.1f", millis.get(requests / 2), millis.get((int) (requests * 0.95)));
    }

    private JsonNode get(String list) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(application.address() + "/api/v1" + list))
                .header("X-API-Key", key)
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(list + ": " + answer.body());
        }
        return json.readTree(answer.body());
    }
}
