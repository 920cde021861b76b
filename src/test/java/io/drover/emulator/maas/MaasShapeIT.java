package io.drover.emulator.maas;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.emulator.ExtensionProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of another shape than MAAS's are told as such, by every verb and for every request. */
@Tag("program")
class MaasShapeIT {

    private static final String[] BODIES = {
        "",
        "null",
        "[]",
        "{}",
        "7",
        "\"text\"",
        "[null]",
        "[7]",
        "{\"system_id\":[]}",
        "<html><body>Login</body></html>"
    };

    @TempDir
    Path directory;

    private MaasEmulator maas;
    private MaasProgram program;

    @BeforeAll
    static void needPython() {
        ExtensionProgram.assumePython();
    }

    @BeforeEach
    void startMaas() throws IOException {
        maas = new MaasEmulator();
        maas.add(new Machine("bbb222", 8, 16384, "52:54:00:00:00:02"));
        program = new MaasProgram(directory, maas);
    }

    @AfterEach
    void stopMaas() {
        maas.close();
    }

    @ParameterizedTest
    @CsvSource({
        "machines/ read, prepare",
        "machines/ read, create",
        "machines/ read, status",
        "machines/ read, statuses",
        "machines/ read, delete",
        "machine query_power_state, status",
        "machine query_power_state, start",
        "machine read, delete"
    })
    void anAnswerOfAnotherShapeIsTold(String request, String verb) {
        if (!verb.equals("prepare") && !verb.equals("create")) {
            program.call("create").succeeded();
        }
        for (var body : BODIES) {
            if (request.equals("machine read")) {
                maas.behaviour.answers.clear();
                program.call("create").succeeded();
            }
            maas.behaviour.answers.put(request, body);

            var call = program.call(verb, 3);

            assertThat(call.stdout()).as(body).doesNotContain("mistake in the extension");
            assertThat(call.stderr()).as(body).doesNotContain("Error");
            if (body.contains("7") || body.contains("text")) {
                assertThat(call.refused("belongs", "detail endpoint")).doesNotContain("TopSecret");
            } else if (body.contains("html")) {
                call.refused("not MAAS's API 2.0");
            }
        }
        maas.behaviour.answers.clear();
        program.call("delete").succeeded();
        assertThat(maas.taken()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"text\"", "7", "{}", "{\"system_id\":7}"})
    void whatIsAllocatedAllTheSameIsFound(String body) {
        maas.behaviour.answers.put("machines/ allocate", body);
        program.call("prepare").succeeded();
        maas.behaviour.answers.put("machine deploy", body);
        program.call("create").succeeded();
        program.call("delete").succeeded();

        assertThat(maas.taken()).isZero();
    }

    @Test
    void anAllocationOfNothingIsTold() {
        maas.behaviour.answers.put("machines/ allocate", "[]");
        maas.behaviour.answers.put("machines/ read", "[]");

        program.call("prepare").refused("MAAS answers with a list where an object belongs", "detail endpoint");
    }
}
