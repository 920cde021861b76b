package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTests {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysNothingOfDiagramsThatMayBeLoaded() {
        assertThat(lint("bpmn/vm-deploy.bpmn", "bpmn/vm-start.bpmn")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysAllThatIsWrongWithFileLineAndElement() throws IOException {
        var wrong = wrong();

        assertThat(lint("bpmn/vm-stop.bpmn", wrong.toString())).isEqualTo(1);

        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(wrong + ":16: Task_StartVm: The field 'retry' is '5'; it must be ");
    }

    @Test
    void saysItAsJson() throws IOException {
        assertThat(lint("--format", "json", wrong().toString())).isEqualTo(1);

        var found = new ObjectMapper().readTree(out.toString());
        assertThat(found.findValuesAsText("element")).hasSize(2).contains("Task_StartVm");
        assertThat(found.path(0).path("line").asInt()).isEqualTo(16);
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThat(lint(directory.resolve("none.bpmn").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.bpmn is no file");
        assertThat(lint()).isEqualTo(2);
    }

    private Path wrong() throws IOException {
        var diagram = Files.readString(Path.of("bpmn/vm-start.bpmn"));
        return Files.writeString(
                directory.resolve("vm-start.bpmn"),
                diagram.replace("R2/PT5S", "5").replace(">Running<", ">running<"));
    }

    private int lint(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "lint";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandLines.run(new PrintWriter(out), new PrintWriter(err), all);
    }
}
