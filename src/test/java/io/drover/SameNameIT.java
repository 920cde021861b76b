package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of those who ask for one name at the same moment one gets it, and the others are told that it is taken. */
@Tag("matrix")
class SameNameIT extends WholeApplication {
    private static final int AT_ONCE = 6;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extensions",
                "extensions ",
                "clusters",
                "hosts",
                "templates",
                "service-offerings",
                "networks",
                "accounts"
            })
    void oneIsMadeAndTheOthersAreConflicts(String things) throws Exception {
        for (int round = 0; round < 5; round++) {
            var body = body(things, unique("n"));
            var threads = Executors.newFixedThreadPool(AT_ONCE);
            Callable<Integer> ask =
                    () -> admin.post("/api/v1/" + things.strip(), body).status();
            var answers = threads.invokeAll(
                    IntStream.range(0, AT_ONCE).mapToObj(i -> ask).toList());
            threads.shutdown();
            List<Integer> statuses =
                    answers.stream().map(SameNameIT::get).sorted().toList();

            assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409);
        }
    }

    private static Map<String, Object> body(String things, String name) {
        var body = new HashMap<String, Object>(Map.of("name", name));
        switch (things) {
            case "extensions " -> body.put("path", name + ".sh");
            case "hosts" -> body.put("cluster", "demo");
            case "service-offerings" -> body.putAll(Map.of("cpus", 1, "cpuSpeedMhz", 1000, "memoryMib", 512));
            case "networks" -> body.put("cidr", "10.99.0.0/24");
            case "accounts" -> body.putAll(Map.of("role", "User", "password", PASSWORD));
            default -> {}
        }
        return body;
    }

    private static int get(java.util.concurrent.Future<Integer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
