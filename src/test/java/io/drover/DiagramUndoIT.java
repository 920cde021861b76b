package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent last is in force, whichever doors the diagrams before it came through. */
@Tag("matrix")
class DiagramUndoIT extends WholeApplication {
    private static final String KEY = "it-undo";

    /** How a diagram is loaded. */
    enum Door {
        PUT {
            @Override
            void load(DroverClient admin, String diagram) {
                admin.send(
                                "PUT",
                                "/api/v1/processes/" + KEY + "/diagram",
                                "application/xml",
                                diagram.getBytes(StandardCharsets.UTF_8))
                        .expecting(200);
            }
        },
        FILE {
            @Override
            void load(DroverClient admin, String diagram) throws IOException {
                Files.writeString(Files.createDirectories(HOME.resolve("bpmn")).resolve(KEY + ".bpmn"), diagram);
                admin.post("/api/v1/processes/reload").expecting(200);
            }
        },
        ENGINE {
            @Override
            void load(DroverClient admin, String diagram) {
                deploy(admin, diagram, Map.of("deployment-name", unique("d")));
            }
        },
        ENGINE_FILTERED {
            @Override
            void load(DroverClient admin, String diagram) {
                deploy(admin, diagram, Map.of("enable-duplicate-filtering", "true", "deployment-name", "undo"));
            }
        },
        ENGINE_CHANGED {
            @Override
            void load(DroverClient admin, String diagram) {
                deploy(admin, diagram, Map.of("deploy-changed-only", "true", "deployment-name", "undo"));
            }
        };

        private static void deploy(DroverClient admin, String diagram, Map<String, String> fields) {
            var path = "/engine-rest/deployment/create";
            DiagramDoors.deploy(admin, path, Map.of(KEY + ".bpmn", diagram), fields)
                    .expecting(200);
        }

        abstract void load(DroverClient admin, String diagram) throws IOException;
    }

    static Stream<Arguments> doors() {
        return Arrays.stream(Door.values()).flatMap(first -> Arrays.stream(Door.values())
                .flatMap(second -> Arrays.stream(Door.values()).map(third -> Arguments.of(first, second, third))));
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(HOME.resolve("bpmn").resolve(KEY + ".bpmn"));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void theFirstIsBackInForceWhenItIsSentAgain(Door first, Door second, Door third) throws IOException {
        var mark = unique("m");
        first.load(admin, diagram(mark + "-a"));
        second.load(admin, diagram(mark + "-b"));
        assertThat(inForce()).contains(mark + "-b");

        third.load(admin, diagram(mark + "-a"));

        // a file that has not changed since it was last loaded is nothing that is sent
        boolean unchanged = first == Door.FILE && second != Door.FILE && third == Door.FILE;
        assertThat(inForce()).contains(mark + (unchanged ? "-b" : "-a"));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatIsInForceIsNotLoadedTwice(Door first) throws IOException {
        var diagram = diagram(unique("m"));
        first.load(admin, diagram);
        var version = version();

        Door.PUT.load(admin, diagram);

        assertThat(version()).isEqualTo(version);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatIsSuspendedIsNotInForce(Door first) throws IOException {
        var diagram = diagram(unique("m"));
        first.load(admin, diagram);
        admin.put("/engine-rest/process-definition/key/" + KEY + "/suspended", Map.of("suspended", true))
                .expecting(204);

        Door.PUT.load(admin, diagram);

        assertThat(admin.get("/engine-rest/process-definition/key/" + KEY)
                        .expecting(200)
                        .path("suspended")
                        .asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatWasRemovedFromTheEngineIsLoadedAgain(Door door) throws IOException {
        var diagram = diagram(unique("m"));
        door.load(admin, diagram);
        assertThat(admin.delete("/engine-rest/process-definition/key/" + KEY + "/delete?cascade=true")
                        .status())
                .isEqualTo(204);

        door.load(admin, diagram);

        assertThat(inForce()).isEqualTo(diagram);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01T00:00:00.000+0000", "2001-01-01T00:00:00.000+0000"})
    void nothingIsLoadedForALaterTime(String time) throws IOException {
        Door.PUT.load(admin, diagram(unique("m")));
        var before = version();

        var answer = DiagramDoors.deploy(
                admin,
                "/engine-rest/deployment/create",
                Map.of(KEY + ".bpmn", diagram(unique("m"))),
                Map.of("deployment-activation-time", time));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(time.substring(0, 10), "Leave out");
        assertThat(version()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {".bpmn20.xml", ".BPMN", ".Bpmn"})
    void aFileOfAnotherSpellingIsReadToo(String suffix) throws IOException {
        var diagram = diagram(unique("m"));
        var file = Files.createDirectories(HOME.resolve("bpmn")).resolve(KEY + suffix);
        Files.writeString(file, diagram);
        try {
            admin.post("/api/v1/processes/reload").expecting(200);
        } finally {
            Files.delete(file);
        }

        assertThat(inForce()).isEqualTo(diagram);
    }

    private String inForce() {
        return admin.get("/api/v1/processes/" + KEY + "/diagram").text();
    }

    private String version() {
        return admin.get("/api/v1/processes").expecting(200).path("items").toString();
    }

    private static String diagram(String name) {
        return StatusDiagram.of(KEY, StatusDiagram.line("T", "<userTask id='ID' name='" + name + "'/>"));
    }
}
