package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is in somebody else's hands, or held, is a conflict at the engine's REST, and no failure of the server. */
@Tag("matrix")
class TaskHandsIT extends WholeApplication {
    private static final String KEY = "it-hands";

    @Test
    void aTaskThatIsSomebodysCannotBeClaimedByAnother() {
        var task = task(begun());
        claim(EngineDoor.REST, task, "anna").expecting(204);

        var refused = claim(EngineDoor.REST, task, "bert");
        var refusedThere = claim(EngineDoor.WEB, task, "bert");

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("message").asText()).contains(task);
        assertThat(refusedThere.status()).as(refusedThere.text()).isEqualTo(409);
        assertThat(refusedThere.text()).contains(task).doesNotContain("\tat ");
        claim(EngineDoor.REST, task, "anna").expecting(204);
    }

    @Test
    void nothingMovesInASuspendedProcess() {
        var process = begun();
        var task = task(process);
        admin.put("/engine-rest/process-instance/" + process + "/suspended", Map.of("suspended", true))
                .expecting(204);

        var refused = admin.post("/engine-rest/task/" + task + "/complete", "{}");

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("message").asText()).contains("suspended");
    }

    private DroverClient.Answer claim(EngineDoor door, String task, String who) {
        return door.post(admin, "/task/" + task + "/claim", Map.of("userId", who));
    }

    private String begun() {
        var diagram = StatusDiagram.of(KEY, StatusDiagram.line("T", "<userTask id='ID'/>"));
        var path = "/api/v1/processes/" + KEY + "/diagram";
        admin.send("PUT", path, "application/xml", diagram.getBytes(StandardCharsets.UTF_8))
                .expecting(200);
        return admin.post("/engine-rest/process-definition/key/" + KEY + "/start", "{}")
                .expecting(200)
                .path("id")
                .asText();
    }

    private String task(String process) {
        return admin.get("/engine-rest/task?processInstanceId=" + process)
                .expecting(200)
                .path(0)
                .path("id")
                .asText();
    }
}
