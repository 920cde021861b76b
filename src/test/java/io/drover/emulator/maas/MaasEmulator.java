package io.drover.emulator.maas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drover.emulator.Faults;
import io.drover.emulator.Faults.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * MAAS's API 2.0 with a few machines, as far as an extension needs it, after the API reference and the page on
 * authentication in MAAS's public documentation: {@code GET machines/} (filters {@code agent_name}, {@code id}),
 * {@code POST machines/ op=allocate}, {@code GET machines/ID/} also with {@code op=query_power_state}, and
 * {@code POST machines/ID/} with {@code op} deploy, release, abort, power_on, power_off, set_workload_annotations and
 * set_owner_data. Logins are OAuth 1.0 PLAINTEXT with nonces and a window of five minutes. Wrong constraints are
 * answered with 400 and JSON, wrong states with 409, missing machines with 404, wrong logins with 401, all else in
 * text. Time passes by being looked at. Not there: networks, storage, pods, tags' own pages, several users.
 */
public final class MaasEmulator implements AutoCloseable {

    static final String KEY = "Consumer4711:Token0815:TopSecretOfMaas";
    private static final String ROOT = "/MAAS/api/2.0/";

    final Map<String, Machine> machines = new LinkedHashMap<>();
    final Behaviour behaviour = new Behaviour();
    final Faults faults = new Faults();
    final List<String> operations = new ArrayList<>();
    private final Oauth oauth = new Oauth(KEY);
    private final MachineOperations one = new MachineOperations(behaviour);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    /** Read once, by whichever emulator comes first in the JVM: without it each answer takes 40 ms more. */
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Starts a MAAS without machines on a free port of this machine. */
    public MaasEmulator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Adds free machines that are large enough for most. */
    public void addMachines(int count) {
        for (int i = 0; i < count; i++) {
            add(new Machine("kit%03d".formatted(i), 64, 1 << 20, "52:54:00:77:00:%02x".formatted(i)));
        }
    }

    /** The details by which an extension gets here, of the host. */
    public Map<String, String> details() {
        return Map.of("endpoint", endpoint(), "apikey", KEY);
    }

    /** How many machines are not free. */
    public synchronized long taken() {
        return machines.values().stream()
                .filter(machine -> !machine.agentName.isEmpty())
                .count();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/MAAS";
    }

    synchronized Machine add(Machine machine) {
        machines.put(machine.systemId, machine);
        return machine;
    }

    /** How often an operation took effect or was refused, faults before it not counted. */
    synchronized long count(String operation) {
        return operations.stream().filter(operation::equals).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request;
            try {
                request = Request.of(exchange, ROOT);
            } catch (IOException malformed) {
                send(exchange, Answer.text(400, malformed.getMessage()));
                return;
            }
            var operation = request.operation();
            if (faults.take(operation, Fault.DROP_BEFORE)) {
                return;
            }
            Answer answer;
            if (faults.take(operation, Fault.UNAVAILABLE_BEFORE)) {
                answer = Answer.text(503, "Service Unavailable");
            } else if (faults.take(operation, Fault.BUSY)) {
                answer = Answer.text(429, "Too Many Requests");
            } else {
                answer = checked(exchange, request);
            }
            if (faults.take(operation, Fault.DROP_AFTER)) {
                return;
            }
            send(exchange, faults.take(operation, Fault.UNAVAILABLE_AFTER) ? Answer.text(502, "Bad Gateway") : answer);
        }
    }

    private synchronized Answer checked(HttpExchange exchange, Request request) {
        var refusal = oauth.refusal(
                exchange.getRequestHeaders().getFirst("Authorization"), System.currentTimeMillis() / 1000);
        if (refusal != null || faults.take(request.operation(), Fault.EXPIRED)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "OAuth realm=\"MAAS API\"");
            return Answer.text(401, refusal == null ? "Authorization Error: 'Expired timestamp'" : refusal);
        }
        operations.add(request.operation());
        var answer = answer(request);
        var instead = behaviour.answers.get(
                (request.path().equals("machines/") ? "machines/ " : "machine ") + request.operation());
        return instead == null || answer.status() != 200 ? answer : Answer.text(200, instead);
    }

    private Answer answer(Request request) {
        var parts = request.path().split("/", -1);
        if (parts.length < 2 || !parts[0].equals("machines")) {
            return Answer.text(404, "Not Found");
        }
        if (parts.length == 3 && parts[2].isEmpty()) {
            var machine = machines.get(parts[1]);
            if (machine == null) {
                return Answer.text(404, "No Machine matches the given query.");
            }
            machine.look();
            return one.answer(request, machine);
        }
        if (request.method().equals("POST") && request.operation().equals("allocate")) {
            return Allocation.of(request, machines.values());
        }
        return request.method().equals("GET") && request.operation().equals("read")
                ? list(request)
                : MachineOperations.unrecognised(request.method(), request.operation());
    }

    private Answer list(Request request) {
        var agents = request.query().get("agent_name");
        var ids = request.query().get("id");
        var found = new ArrayList<Object>();
        for (var machine : machines.values()) {
            machine.look();
            if ((agents == null || behaviour.ignoresAgentName || agents.contains(machine.agentName))
                    && (ids == null || ids.contains(machine.systemId))) {
                found.add(machine.json());
            }
        }
        return Answer.json(200, found);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
