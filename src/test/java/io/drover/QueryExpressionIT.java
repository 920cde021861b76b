package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DroverClient.Answer;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.camunda.bpm.engine.rest.dto.task.TaskQueryDto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No query has an expression evaluated, whatever it is in and through whichever of the engine's doors. */
@Tag("matrix")
class QueryExpressionIT extends WholeApplication {
    private static final List<String> TEXTS =
            List.of("${now()}", "#{1}", "${''.getClass().forName('java.lang.Runtime')}");

    /** Every parameter of a query for tasks that takes an expression. */
    static List<String> parameters() {
        var names = Arrays.stream(TaskQueryDto.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set") && name.endsWith("Expression"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .sorted()
                .toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(20);
        return names;
    }

    /** How a query for tasks gets in. */
    enum Way {
        PLAIN((in, query) -> in.post("/task", query)),
        COUNT((in, query) -> in.post("/task/count", query)),
        ADDRESS(Request::asAddress),
        OR((in, query) -> in.post("/task", or(query))),
        OR_COUNT((in, query) -> in.post("/task/count", or(query))),
        FILTER((in, query) -> in.filtered(query, "/list", Map.of())),
        FILTER_COUNT((in, query) -> in.filtered(query, "/count", Map.of())),
        FILTER_SINGLE((in, query) -> in.filtered(query, "/singleResult", Map.of())),
        OR_FILTER((in, query) -> in.filtered(or(query), "/list", Map.of())),
        OR_FILTER_COUNT((in, query) -> in.filtered(or(query), "/count", Map.of())),
        EXTENSION((in, query) -> in.filtered(Map.of(), "/list", query)),
        OR_EXTENSION((in, query) -> in.filtered(Map.of(), "/list", or(query))),
        OR_EXTENSION_COUNT((in, query) -> in.filtered(Map.of(), "/count", or(query)));

        private final BiFunction<Request, Map<String, String>, Answer> send;

        Way(BiFunction<Request, Map<String, String>, Answer> send) {
            this.send = send;
        }
    }

    static Stream<Arguments> waysInAndDoors() {
        return Arrays.stream(EngineDoor.values())
                .flatMap(door -> Arrays.stream(Way.values()).map(way -> Arguments.of(door, way)));
    }

    @ParameterizedTest
    @MethodSource("waysInAndDoors")
    void aQueryWithAnExpressionIsRefusedAndOnTheRecord(EngineDoor door, Way way) {
        for (var parameter : parameters()) {
            var text = TEXTS.get(parameter.length() % TEXTS.size());

            var answer = way.send.apply(new Request(admin, door), Map.of(parameter, text));

            assertThat(answer.status())
                    .as(way + " " + parameter + "=" + text + ": " + answer.text())
                    .isEqualTo(400);
            assertThat(answer.text()).doesNotContain("\tat ", ".java:").containsIgnoringCase("expression");
        }
        var recorded = admin.get("/api/v1/history?kind=engine.expression-refused&limit=200")
                .expecting(200);
        assertThat(recorded.path("items").size()).isGreaterThanOrEqualTo(20);
        var last = recorded.path("items").path(0);
        assertThat(last.path("actor").toString()).contains("admin");
        assertThat(last.toString()).contains(door.path(""));
    }

    @ParameterizedTest
    @EnumSource(EngineDoor.class)
    void aFilterWithAnExpressionIsNotSaved(EngineDoor door) {
        var filter = Map.of("resourceType", "Task", "name", unique("f"), "query", Map.of(), "properties", Map.of());
        var id = door.post(admin, "/filter/create", filter)
                .expecting(200)
                .path("id")
                .asText();
        for (var parameter : parameters()) {
            var query = Map.of(parameter, "${now()}");
            for (var hidden : List.of(query, or(query), Map.of("orQueries", List.of(Map.of(), query)))) {
                var body = Map.of("resourceType", "Task", "name", unique("f"), "query", hidden);

                var created = door.post(admin, "/filter/create", body);
                var changed = door.put(admin, "/filter/" + id, body);

                assertThat(List.of(created.status(), changed.status()))
                        .as(hidden + ": " + created.text() + changed.text())
                        .containsExactly(400, 400);
                assertThat(created.text()).containsIgnoringCase("expression");
            }
        }
        var kept = door.get(admin, "/filter/" + id).expecting(200).path("query");
        assertThat(kept.path("orQueries")).as(kept.toString()).isEmpty();
        assertThat(kept.toString()).doesNotContain("${");
    }

    @ParameterizedTest
    @EnumSource(EngineDoor.class)
    void plainQueriesAreAnsweredAsEver(EngineDoor door) {
        var request = new Request(admin, door);
        var query =
                Map.of("assignee", "nobody", "orQueries", List.of(Map.of("dueAfter", "2020-01-01T00:00:00.000+0000")));

        assertThat(door.post(admin, "/task", query).expecting(200)).isEmpty();
        assertThat(door.post(admin, "/task/count", query)
                        .expecting(200)
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(request.filtered(query, "/list", Map.of()).expecting(200)).isEmpty();
    }

    private static Map<String, Object> or(Map<String, ?> query) {
        return Map.of("orQueries", List.of(query));
    }

    /** Requests of one caller at one door. */
    private record Request(DroverClient client, EngineDoor door) {

        Answer post(String path, Object body) {
            return door.post(client, path, body);
        }

        Answer asAddress(Map<String, String> query) {
            var pair = query.entrySet().iterator().next();
            var value = URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8);
            return door.get(client, "/task?" + pair.getKey() + "=" + value);
        }

        /** Asks by a stored filter; the answer of whichever request is refused first. */
        Answer filtered(Object query, String path, Object extension) {
            var stored = Map.of("resourceType", "Task", "name", unique("f"), "query", query, "properties", Map.of());
            var created = post("/filter/create", stored);
            if (created.status() != 200) {
                return created;
            }
            return post("/filter/" + created.json().path("id").asText() + path, extension);
        }
    }
}
