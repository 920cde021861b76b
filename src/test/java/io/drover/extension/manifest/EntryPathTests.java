package io.drover.extension.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryPathTests {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(root.resolve("demo"));
        Files.createDirectory(folder.resolve("bin"));
        Files.createFile(folder.resolve("bin/run"));
        Files.createFile(root.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("inner"), Path.of("bin/run"));
        Files.createSymbolicLink(folder.resolve("outer"), Path.of("../outside"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("../nowhere"));
        Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    }

    @ParameterizedTest
    @CsvSource({
        "run.sh, run.sh",
        "bin/run, bin/run",
        "bin\\run, bin/run",
        "a/b/run, a/b/run",
        "./bin//run, bin/run",
        "demo/run.sh, run.sh",
        "demo\\bin\\run, bin/run",
        "demo, demo",
        "demo.d/run, demo.d/run",
        "..run, ..run",
        "inner, inner",
    })
    void takesAPathInsideTheFolder(String given, String relative) {
        assertThat(EntryPath.given(folder, given)).isEqualTo(relative);
    }

    @Test
    void takesAnAbsolutePathIntoTheFolder() {
        assertThat(EntryPath.given(folder, folder + "/bin/run")).isEqualTo("bin/run");
    }

    @Test
    void takesAPathIntoAFolderThatIsMissing() {
        assertThat(EntryPath.given(root.resolve("later"), "later/run.sh")).isEqualTo("run.sh");
    }

    @ParameterizedTest
    @CsvSource({
        "../outside, '..' segment",
        "..\\outside, '..' segment",
        "demo/../../outside, '..' segment",
        "bin/../bin/run, '..' segment",
        "bin/.., '..' segment",
        "/bin/sh, outside",
        "a/b/c/run, two sub-directories",
        "bin/, name a file",
        "., name a file",
        "'', name a file",
        "demo/, name a file",
        "outer, symbolic link",
        "up/outside, symbolic link",
        "up/new, symbolic link",
        "dangling, symbolic link",
        "loop, cannot be resolved",
    })
    void refusesAPathOutOfTheFolder(String given, String rule) {
        assertRefused(given, rule);
    }

    @Test
    void refusesAnAbsolutePathThatClimbsOut() {
        assertRefused(folder + "/../outside", "'..' segment");
        assertRefused(folder + "x/run", "outside");
    }

    @Test
    void refusesControlCharactersAndPathsTooLong() {
        assertRefused("a\0b", "control character");
        assertRefused("x".repeat(501), "at most 500");
    }

    private void assertRefused(String given, String rule) {
        var refusal = catchThrowableOfType(ProblemException.class, () -> EntryPath.given(folder, given));
        assertThat(refusal.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/path");
            assertThat(violation.message()).contains(rule);
            assertThat(violation.value()).isEqualTo(given);
        });
    }
}
