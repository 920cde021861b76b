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
                var body = "--b\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\n" + unique("d")
                        + "\r\n--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"" + KEY
                        + ".bpmn\"\r\nContent-Type: application/xml\r\n\r\n" + diagram + "\r\n--b--\r\n";
                admin.send(
                                "POST",
                                "/engine-rest/deployment/create",
                                "multipart/form-data; boundary=b",
                                body.getBytes(StandardCharsets.UTF_8))
                        .expecting(200);
            }
        };

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
