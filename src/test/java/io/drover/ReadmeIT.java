package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of pages that begin with a first start, against one server. */
class ReadmeIT {
    @TempDir
    private static Path directory;

    private static PageLines lines;

    @BeforeAll
    static void startServer() throws Exception {
        for (var program : new String[] {"bash", "curl", "python3"}) {
            assumeTrue(PageLines.has(program), program + " is needed to run the pages' lines");
        }
        lines = new PageLines(directory);
    }

    @AfterAll
    static void stopServer() throws InterruptedException {
        if (lines != null) {
            lines.close();
        }
    }

    @Test
    void theLinesOfTheReadmeDeployStopAndDeleteAVm() throws Exception {
        var answers = lines.answers(Path.of("README.md"));

        assertThat(answers).hasSize(6);
        assertThat(answers.get(0)).contains("\"name\":\"admin\"", "\"role\":\"Admin\"");
        assertThat(answers.get(1)).contains("\"verb\":\"deploy\"", "\"vmName\":\"web-1\"");
        assertThat(answers.get(2)).contains("\"state\":\"SUCCEEDED\"");
        assertThat(answers.get(3))
                .contains("\"state\":\"Running\"", "\"mac\":\"02:5d:", "\"simulator_id\":\"sim-", "\"name\":\"sim-1\"");
        assertThat(answers.get(4)).contains("\"wireVerb\":\"create\"", "\"exitCode\":0", "\"vncPassword\":\"******\"");
        assertThat(answers.get(5)).contains("\"state\":\"Stopped\"", "\"verb\":\"delete\"", "/problems/vm-not-found");
    }

    @Test
    void aScriptFromCloudStackComesToARunningVm() throws Exception {
        var answers = lines.answers(Path.of("docs/coming-from-cloudstack.md"));

        assertThat(answers).hasSize(7);
        assertThat(answers.get(0)).isEmpty();
        assertThat(answers.get(1)).isEmpty();
        assertThat(answers.get(2))
                .contains("\"extension\":\"shed\",\"what\":\"registered\"", "\"problems\":[]")
                .contains("\"ready\":true", "/shed-vms\"");
        assertThat(answers.get(3))
                .contains("\"shed-1\"", "\"shed-host\"", "\"shed-debian\"")
                .doesNotContain("/problems/");
        assertThat(answers.get(4))
                .contains("\"state\":\"SUCCEEDED\"", "\"state\":\"Running\"", "\"shed_image\":\"debian-13\"")
                .containsPattern("poweron\n[0-9a-f-]{36}\ndebian-13\n");
        assertThat(answers.get(5))
                .contains(
                        "\"wireVerb\":\"create\"", "\"resourcemap\":{\"rack\":\"7\"}", "\"host\":{\"zone\":\"north\"}")
                .contains("\"image\":\"debian-13\"", "\"verb\":\"stop\"", "\"verb\":\"start\"", "\"verb\":\"status\"")
                .doesNotContain("FAILED", "/problems/");
        assertThat(answers.get(6)).contains("\"customAction\":\"ShowImage\"", "\"details\":\"made from: debian-13\"");
    }
}
