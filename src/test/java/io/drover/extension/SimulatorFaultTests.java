package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorFaultTests {

    private static final int KILLED = 128 + 9;

    @TempDir
    Path directory;

    private Simulation simulator;

    @BeforeEach
    void startWithNoVms() {
        simulator = new Simulation(directory);
    }

    @ParameterizedTest
    @CsvSource({"exit:7, 7", "error, 0"})
    void refusesWithoutAnEffect(String fault, int exitCode) throws Exception {
        simulator.call("create", Map.of("fault", fault)).assertRefused(exitCode, fault);
        assertThat(simulator.effects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"retryable, 9", "once:retryable, 1", "retryable:2, 2"})
    void asksToBeCalledAgainAsOftenAsItIsTold(String fault, int times) throws Exception {
        for (int call = 0; call < Math.min(times, 3); call++) {
            var answer = simulator.call("create", Map.of("fault", fault));
            assertThat(answer.exitCode()).isEqualTo(75);
            assertThat(answer.answer().path("retryable").asBoolean()).isTrue();
            assertThat(simulator.effects()).isEmpty();
        }
        if (times < 3) {
            assertThat(simulator.call("create", Map.of("fault", fault)).exitCode())
                    .isZero();
        }
    }

    @Test
    void refusesAndLeavesSomethingBehind() throws Exception {
        var call = simulator.call("create", Map.of("fault", "leftovers"));
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.answer().path("leftovers").asBoolean()).isTrue();
        assertThat(simulator.effects()).containsExactly("create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"badjson", "empty"})
    void answersUnreadablyAfterTheEffect(String fault) throws Exception {
        var call = simulator.call("create", Map.of("fault", fault));
        assertThat(call.exitCode()).isZero();
        assertThat(isObject(call.stdout())).isFalse();
        assertThat(simulator.effects()).containsExactly("create");
    }

    @Test
    void floodsStdoutThenAnswers() throws Exception {
        var call = simulator.call("create", Map.of("fault", "flood:2"));
        assertThat(call.stdout()).hasSizeGreaterThan(2 * 1024 * 1024).endsWith("\"message\":\"Instance created\"}\n");
    }

    @ParameterizedTest
    @CsvSource({"flood-stderr:1, 1048576", "stderr, 20"})
    void makesNoiseOnStderrAndAnswersOnStdout(String fault, int atLeast) throws Exception {
        var call = simulator.call("create", Map.of("fault", fault));
        assertThat(call.stderr()).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(call.answer().path("status").asText()).isEqualTo("success");
    }

    @ParameterizedTest
    @CsvSource({"die-before, 0", "die-after, 1"})
    void diesBeforeOrAfterTheEffect(String fault, int effects) throws Exception {
        assertThat(simulator.call("create", Map.of("fault", fault)).exitCode()).isEqualTo(KILLED);
        assertThat(simulator.effects()).hasSize(effects);
        assertThat(simulator.calls("begin")).hasSize(1);
        assertThat(simulator.calls("end")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"hang, 0", "hang-children, 3"})
    void hangsUntilKilled(String fault, int children) throws Exception {
        var process = simulator.start("stop", Map.of("fault", fault));
        await().until(() ->
                simulator.calls("begin").size() == 1 && simulator.calls("child").size() == children);
        assertThat(process.isAlive()).isTrue();
        var pids = simulator.calls("child").stream()
                .map(line -> Long.parseLong(line[line.length - 1]))
                .toList();
        assertThat(pids).allMatch(pid -> ProcessHandle.of(pid).orElseThrow().isAlive());
        process.destroyForcibly();
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(simulator.calls("end")).isEmpty();
    }

    @Test
    void failsOnlyOnTheFirstCallOfAVerbWhenToldOnce() throws Exception {
        var once = Map.of("fault", "once:exit:3");
        assertThat(simulator.call("create", once).exitCode()).isEqualTo(3);
        assertThat(simulator.call("create", once).exitCode()).isZero();
        assertThat(simulator.call("stop", once).exitCode()).isEqualTo(3);
        assertThat(simulator.effects()).containsExactly("create");
    }

    @Test
    void takesTheFaultOfTheVerbBeforeTheGeneralOne() throws Exception {
        var details = Map.of("fault", "exit:3", "fault_stop", "none");
        assertThat(simulator.call("stop", details).exitCode()).isZero();
        assertThat(simulator.call("start", details).exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"fault, explode", "fault, exit:x", "latency, soon", "latency, 1.2.3"})
    void refusesADetailItCannotFollow(String detail, String value) throws Exception {
        simulator.call("create", Map.of(detail, value)).assertRefused(1, value);
    }

    @Test
    void neverRunsWhatTheDetailsSay() throws Exception {
        var loot = directory.resolve("loot");
        var hostile = "'; touch " + loot + "; $(touch " + loot + ") `touch " + loot + "` \"";
        simulator.call("create", Map.of("fault", hostile)).assertRefused(1, hostile);
        simulator.call("prepare", Map.of("patch", hostile));
        assertThat(loot).doesNotExist();
    }

    @Test
    void lastsAsLongAsTheLatencySays() throws Exception {
        var begun = System.nanoTime();
        simulator.call("create", Map.of("latency", "0.3"));
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
    }

    private static boolean isObject(String text) {
        try {
            return new ObjectMapper().readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
