package io.drover.emulator.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Takes requests, lets go wrong what shall go wrong, and answers in the shape of the API. */
final class Gateway implements Listener.Handler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final Faults faults;
    private final Router router = new Router();
    private final List<String> requests = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean reasonInBody;

    Gateway(Cluster cluster, Faults faults) {
        this.cluster = cluster;
        this.faults = faults;
    }

    Router router() {
        return router;
    }

    void reasonInBody() {
        reasonInBody = true;
    }

    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    void close() {
        closed.countDown();
    }

    @Override
    public Listener.Answer handle(Call raw) {
        if (!raw.path().startsWith("/api2/json/")) {
            return new Listener.Answer(404, "Not Found", "");
        }
        var path = raw.path().substring("/api2/json".length());
        var call = new Call(raw.method(), path, raw.parameters(), raw.headers(), raw.body());
        synchronized (requests) {
            requests.add(call.line());
        }
        var fault = faults.next(call.line());
        if (fault.isEmpty()) {
            return carryOut(call);
        }
        return switch (fault.get().kind()) {
            case ANSWER -> error(new Refusal(fault.get().status(), fault.get().reason()));
            case BODY ->
                new Listener.Answer(fault.get().status(), "Said", fault.get().reason());
            case DROP_BEFORE -> Listener.Answer.NONE;
            case DROP_AFTER -> {
                carryOut(call);
                yield Listener.Answer.NONE;
            }
            case STALL -> {
                awaitClose();
                yield Listener.Answer.NONE;
            }
        };
    }

    private Listener.Answer carryOut(Call call) {
        try {
            Token.check(call.headers().get("Authorization"));
            synchronized (cluster) {
                cluster.tasks.settle();
                return new Listener.Answer(200, "OK", write(Collections.singletonMap("data", router.answer(call))));
            }
        } catch (Refusal refusal) {
            return error(refusal);
        }
    }

    private Listener.Answer error(Refusal refusal) {
        Map<String, Object> body = new TreeMap<>();
        body.put("data", null);
        if (!refusal.errors.isEmpty()) {
            body.put("errors", refusal.errors);
        }
        if (reasonInBody) {
            body.put("message", refusal.getMessage() + "\n");
        }
        return new Listener.Answer(refusal.status, refusal.getMessage(), write(body));
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
