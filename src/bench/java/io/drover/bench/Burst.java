package io.drover.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.springframework.core.env.Environment;

/** Many scripts of five seconds asked for at once: how long until all are done, and what each costs in memory meanwhile. */
final class Burst {
    private static final int ACTIONS = 500;
    private static final int SECONDS = 5;
    private static final int CLIENTS = 16;

    private final String kind;
    private final Application application;

    Burst(String kind, Application application) {
        this.kind = kind;
        this.application = application;
    }

    void run(PrintStream out) throws Exception {
        var vms = application.deploy("Slow", ACTIONS);
        long before = usedHeap();
        long begin = System.nanoTime();
        var operations = askAtOnce(vms);
        double asked = (System.nanoTime() - begin) / 1e9;
        long during = usedHeap();
        for (var operation : operations) {
            application.awaitSuccess(operation);
        }
        double took = (System.nanoTime() - begin) / 1e9;
        int limit =
                application.bean(Environment.class).getProperty("drover.dispatch.per-extension", Integer.class, 128);
        double least = Math.ceil((double) ACTIONS / limit) * SECONDS;
        out.printf(
                Locale.ROOT,
                "%s: %d scripts of %d s at once, %d at a time: asked within %.1f s, all done after %.1f s; the limit allows %.0f s: %.2f times that; %.1f KB heap per action under way or waiting%n",
                kind,
                ACTIONS,
                SECONDS,
                limit,
                asked,
                took,
                least,
                took / least,
                (during - before) / 1024.0 / ACTIONS);
    }

    /** By many clients: one alone would be the bottleneck. */
    private List<UUID> askAtOnce(List<String> vms) throws Exception {
        var threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<UUID>> requests = new ArrayList<>();
            vms.forEach(vm -> requests.add(() -> application.ask("reboot", vm)));
            List<UUID> operations = new ArrayList<>();
            for (var request : threads.invokeAll(requests)) {
                operations.add(request.get());
            }
            return operations;
        } finally {
            threads.shutdown();
        }
    }

    private static long usedHeap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
