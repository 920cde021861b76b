package io.drover.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** By how much the database has grown after many operations {@code status}, of one action each and of several. */
final class Disk {
    private static final int CLIENTS = 16;
    private static final int ACTIONS = 4;
    private static final String TASK_ENDS = "<bpmn:outgoing>Flow_ReadStatus</bpmn:outgoing>";

    private final Application application;
    private final JavaDoor door;
    private final DatabaseSize size;

    Disk(Application application, JavaDoor door, DatabaseSize size) {
        this.application = application;
        this.door = door;
        this.size = size;
    }

    /** @param operations how many of one action, and again as many actions in operations of {@value #ACTIONS} */
    void run(PrintStream out, int operations) throws Exception {
        long before = size.bytes();
        ask(operations);
        long after = size.bytes();
        double single = kilobytes(before, after, operations);
        out.printf(
                Locale.ROOT,
                "%s has grown by %.2f KB an operation with one action, after %d of them%n",
                size.name(),
                single,
                operations);
        repeatTheAction();
        ask(operations / ACTIONS);
        double several = kilobytes(after, size.bytes(), operations / ACTIONS);
        out.printf(
                Locale.ROOT,
                "%s has grown by %.2f KB an operation with %d actions: %.2f KB for each further action%n",
                size.name(),
                several,
                ACTIONS,
                (several - single) / (ACTIONS - 1));
    }

    private static double kilobytes(long before, long after, int operations) {
        return (after - before) / 1024.0 / operations;
    }

    private void repeatTheAction() throws IOException, InterruptedException {
        var diagram = Files.readString(Path.of("bpmn/vm-status.bpmn"));
        var repeating = diagram.replace(
                TASK_ENDS,
                TASK_ENDS + "<bpmn:multiInstanceLoopCharacteristics isSequential=\"true\"><bpmn:loopCardinality>"
                        + ACTIONS + "</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>");
        var request = HttpRequest.newBuilder(URI.create(application.address() + "/api/v1/processes/vm-status/diagram"))
                .header("X-API-Key", application.apiKey())
                .header("Content-Type", "application/xml")
                .PUT(HttpRequest.BodyPublishers.ofString(repeating))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
    }

    private void ask(int operations) throws Exception {
        var threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                int client = number;
                clients.add(() -> {
                    for (int call = client; call < operations; call += CLIENTS) {
                        door.call(client);
                    }
                    return null;
                });
            }
            for (var client : threads.invokeAll(clients)) {
                client.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
