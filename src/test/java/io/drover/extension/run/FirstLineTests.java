package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstLineTests {
    @TempDir
    Path directory;

    private Path programs;

    @BeforeEach
    void writePrograms() throws IOException {
        programs = Files.createDirectory(directory.resolve("bin"));
        Files.createDirectory(programs.resolve("folder"));
        Files.createFile(programs.resolve("plain"));
        assertThat(Files.createFile(programs.resolve("good")).toFile().setExecutable(true))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            ~/bin/sh|
            ~ /bin/sh -e|
            ~\\t/bin/sh\\t-e|
            ~/bin/sh\\n:\\r\\n|
            ~/usr/bin/env good|
            ~/usr/bin/env\\tgood|
            ~/usr/bin/env -S good -u|
            ~/usr/bin/env -S A=b -i good -u|
            ~/usr/bin/env -Sgood|
            ~/usr/bin/env --split-string=good -u|
            ~/usr/bin/env /bin/sh|
            ~BIN/good|
            echo\\r\\n|
            |
            ~/bin/sh\\r\\n|it has Windows line ends (CR LF)
            ~/bin/sh -e\\r\\n:|it has Windows line ends (CR LF)
            ~/usr/bin/env good\\r\\n|it has Windows line ends (CR LF)
            ~/bin/sh\\r:\\r|it has Windows line ends (CR LF)
            BOM~/bin/sh|it begins with a byte order mark
            BOM~/bin/sh\\r\\n|it begins with a byte order mark
            ~|the interpreter must be an absolute path, but is missing
            ~sh|the interpreter must be an absolute path, but is sh
            ~/nowhere/sh|the interpreter /nowhere/sh is not there
            ~BIN/folder|the interpreter BIN/folder is not there
            ~BIN/plain|the interpreter BIN/plain cannot be executed
            ~/usr/bin/env nosuch|the interpreter nosuch is not there, going by PATH=BIN
            ~/usr/bin/env plain|the interpreter plain is not there, going by PATH=BIN
            ~/usr/bin/env folder|the interpreter folder is not there, going by PATH=BIN
            ~/usr/bin/env good -u|the interpreter good -u is not there, going by PATH=BIN; more than one word needs
            ~/usr/bin/env -S nosuch -u|the interpreter nosuch is not there, going by PATH=BIN
            ~/usr/bin/env /nowhere/x|the interpreter /nowhere/x is not there, going by PATH=BIN
            """)
    void theFirstLineTellsWhetherAScriptCanBeRun(String text, String told) throws IOException {
        var written = (text == null ? "" : text)
                .replace("~", "#!")
                .replace("BOM", "\ufeff")
                .replace("BIN", programs.toString())
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\n", "\n");
        var file = Files.writeString(directory.resolve("run"), written);

        var trouble = FirstLine.trouble(file, "it", programs.toString());

        if (told == null) {
            assertThat(trouble).isEmpty();
        } else {
            assertThat(trouble.orElse("")).startsWith(told.replace("BIN", programs.toString()));
        }
    }
}
