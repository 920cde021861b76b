package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTests {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path root;

    @Test
    void leavesSettingsAndNoArgumentsToTheServer() {
        assertThat(CommandLines.isCommand()).isFalse();
        assertThat(CommandLines.isCommand("--drover.home=x", "--server.port=1")).isFalse();
        assertThat(CommandLines.isCommand("--version")).isTrue();
        assertThat(CommandLines.isCommand("--help")).isTrue();
        assertThat(CommandLines.isCommand("verify", "x")).isTrue();
        assertThat(CommandLines.isCommand("nonsense")).isTrue();
    }

    @Test
    void refusesAnUnknownCommandWithTheList() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("nonsense", "verify", "new-extension", "help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "--version"})
    void helps(String argument) {
        assertThat(run(argument)).isZero();
        assertThat(out.toString()).contains("drover");
    }

    @Test
    void writesAnExtensionThatItsVerificationPasses() throws Exception {
        assertThat(run("new-extension", "Acme", "--language", "python", "--directory", root.toString(), "--prepare"))
                .isZero();
        assertThat(root.resolve("Acme/Acme.py")).isExecutable();
        assertThat(root.resolve("Acme/extension.yaml")).content().contains("prepare: true");
        assertThat(run("verify", root.resolve("Acme").toString(), "--level", "static", "--format", "json"))
                .isZero();
        var report = new ObjectMapper()
                .readTree(out.toString().substring(out.toString().indexOf('{')));
        assertThat(report.path("passed").asBoolean()).isTrue();
    }

    @Test
    void exitsWithOneWhenAnExtensionFails() throws Exception {
        Files.createDirectories(root.resolve("Empty"));
        assertThat(run("verify", root.resolve("Empty").toString(), "--level", "static"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("FAIL static.manifest");
    }

    @Test
    void verifiesTheNamedProgramOfAFolderWithoutAManifest() throws Exception {
        var folder = Files.createDirectories(root.resolve("From CloudStack"));
        var program = Files.writeString(folder.resolve("run-me.py"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(run("verify", folder.toString(), "--level", "static", "--entry", "run-me.py"))
                .isZero();
        assertThat(out.toString()).contains("taken for an extension with the entry run-me.py");
        assertThat(run("verify", folder.toString(), "--level", "static", "--entry", "../x"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'..'");
        Files.writeString(folder.resolve("extension.yaml"), "manifestVersion: 1");
        assertThat(run("verify", folder.toString(), "--level", "static", "--entry", "run-me.py"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("which names the program");
    }

    @Test
    void refusesWrongUsage() throws Exception {
        var details = Files.writeString(root.resolve("d.yaml"), "cluster: {a: b}");
        assertThat(run("verify")).isEqualTo(2);
        assertThat(run("verify", root.resolve("none").toString())).isEqualTo(2);
        assertThat(run("verify", root.toString(), "--level", "half")).isEqualTo(2);
        assertThat(run("verify", root.toString(), "--timeout", "0")).isEqualTo(2);
        assertThat(run("verify", root.toString(), "--details", details.toString()))
                .isEqualTo(2);
        assertThat(run("new-extension", "a/b", "--directory", root.toString())).isEqualTo(2);
        assertThat(run("new-extension", "Acme", "--language", "cobol")).isEqualTo(2);
        assertThat(err.toString()).contains("static, protocol, full", "cluster", "1 to 86400");
    }

    @Test
    void doesNotOverwrite() {
        assertThat(run("new-extension", "Acme", "--directory", root.toString())).isZero();
        assertThat(run("new-extension", "Acme", "--directory", root.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is not empty");
    }

    @Test
    void printsSamplePayloads() {
        assertThat(run("verify", "--print-payloads", root.resolve("p").toString()))
                .isZero();
        assertThat(root.resolve("p/create.json")).content().contains("cloudstack.vm.details");
        assertThat(out.toString()).contains("CreateSnapshot.json");
    }

    private int run(String... arguments) {
        return CommandLines.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
