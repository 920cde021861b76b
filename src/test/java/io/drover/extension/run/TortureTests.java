package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs that do what no program should, many at once: none survives its end, none is without an outcome, each outcome is the
 * right one. A sample by default; {@code -Ddrover.torture.runs=1000} for more, {@code -Ddrover.torture.seed} for the same order
 * again, {@code -Ddrover.torture.parallel} for how many at once.
 */
class TortureTests extends RunFixture {
    private static final Logger LOG = LoggerFactory.getLogger(TortureTests.class);
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final int LEAST_OF_EACH = 1;
    private static final long FIRST_NUMBER = 7_000_000_000L;

    private final int parallel = Integer.getInteger("drover.torture.parallel", 16);
    private final long seed = Long.getLong("drover.torture.seed", new Random().nextInt(1_000_000));
    private final Random random = new Random(seed);
    private final Queue<String> survivors = new ConcurrentLinkedQueue<>();
    private final Queue<String> hangs = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private ExtensionRunner tortured;
    private Path program;

    @Test
    void everyRunEndsWithItsOutcomeAndWithoutSurvivors() throws Exception {
        tortured = runner(GRACE);
        program = home.resolve("torture.sh");
        try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream("/torture/torture.sh"))) {
            Files.copy(script, program);
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var begun = System.nanoTime();

        var runs = torments();
        var threads = Executors.newFixedThreadPool(parallel);
        for (int i = 0; i < runs.size(); i++) {
            var torment = runs.get(i);
            var number = Long.toString(FIRST_NUMBER + seed * 10_000 + i);
            var piped = random.nextInt(4) == 0;
            threads.execute(() -> torture(torment, number, piped));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(2, TimeUnit.HOURS)).isTrue();
        LOG.info(
                "{} torture runs of {} kinds, {} at once, seed {}: {} survivors, {} hangs, {} lost or wrong outcomes, {} s",
                runs.size(),
                Torment.all().size(),
                parallel,
                seed,
                survivors.size(),
                hangs.size(),
                wrong.size(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
        assertThat(survivors).as("survivors, seed %d", seed).isEmpty();
        assertThat(hangs).as("hangs, seed %d", seed).isEmpty();
        assertThat(wrong).as("lost or wrong outcomes, seed %d", seed).isEmpty();
        assertThat(home.resolve("runs")).isEmptyDirectory();
    }

    private List<Torment> torments() {
        var kinds = Torment.all();
        List<Torment> torments = new ArrayList<>();
        for (int i = 0; i < LEAST_OF_EACH; i++) {
            torments.addAll(kinds);
        }
        for (int i = torments.size(); i < Integer.getInteger("drover.torture.runs", 0); i++) {
            torments.add(kinds.get(random.nextInt(kinds.size())));
        }
        Collections.shuffle(torments, random);
        return torments;
    }

    private void torture(Torment torment, String number, boolean piped) {
        var action = UUID.randomUUID();
        var name = torment + (piped ? ", piped, " : ", ") + action;
        var timeout = torment.isEndless() || piped && torment.kind().equals("killsSupervisor")
                ? Duration.ofSeconds(1)
                : Duration.ofSeconds(60);
        var remains = new Remains(number, action.toString());
        try {
            var payload = "{}".getBytes(StandardCharsets.UTF_8);
            var request =
                    new RunRequest(action, program, torment.kind() + "." + number, payload, timeout, piped, Map.of());
            var patience = timeout.plus(GRACE).plus(MARGIN);
            var result = tortured.run(request).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            checkOutcome(torment, result, name);
            checkRemains(torment, remains, name);
        } catch (java.util.concurrent.TimeoutException e) {
            hangs.add(name + ": " + Remains.tell(remains.find()).toList());
        } catch (Exception e) {
            wrong.add(name + ": " + e);
        } finally {
            remains.find().forEach(ProcessHandle::destroyForcibly);
            tortured.forget(action);
        }
    }

    private void checkOutcome(Torment torment, RunResult result, String name) {
        try {
            torment.outcome().accept(result);
        } catch (AssertionError e) {
            wrong.add(name + ": " + e.getMessage() + " " + result.ending() + " " + result.exitCode() + " "
                    + result.failure() + " "
                    + result.errorOutput().text().lines().limit(3).toList());
        }
    }

    /** What Drover ended has no process left at once; what ended by itself may take a moment to be all gone. */
    private void checkRemains(Torment torment, Remains remains, String name) {
        try {
            if (torment.isEndless()) {
                assertThat(remains.find()).isEmpty();
            } else {
                await().atMost(MARGIN).until(() -> remains.find().size() == torment.leavings());
            }
        } catch (AssertionError | org.awaitility.core.ConditionTimeoutException e) {
            survivors.add(name + ": " + Remains.tell(remains.find()).toList());
        }
    }
}
