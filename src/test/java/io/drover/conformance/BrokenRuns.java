package io.drover.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Verifies many broken extensions, some at a time: most of what a run takes is waiting for programs. */
final class BrokenRuns implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<Broken, Future<Report>> reports = new LinkedHashMap<>();

    BrokenRuns(List<Broken> all, Path root) {
        for (var broken : all) {
            var place = root.resolve("b" + reports.size());
            reports.put(broken, threads.submit(() -> broken.verify(Files.createDirectories(place))));
        }
    }

    Report of(Broken broken) throws Exception {
        return reports.get(broken).get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
