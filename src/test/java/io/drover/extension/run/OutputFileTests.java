package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accounting with a bound of ten bytes: five from the head, five from the tail. */
class OutputFileTests {
    private static final int BOUND = 10;

    @TempDir
    Path directory;

    private OutputFile output;

    @BeforeEach
    void begin() {
        output = open();
    }

    /** Writes separated by {@code +}; a {@code |} trims. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 0; ''; -1",
                "abc; 3; abc; -1",
                "abcdefghij; 10; abcdefghij; -1",
                "abcdefghij|; 10; abcdefghij; -1",
                "abcde|fghij|; 10; abcdefghij; -1",
                "abcdefghijk; 11; abcde/ghijk; 1",
                "abcdefghijk|; 11; abcde/ghijk; 1",
                "abcdefghijk|||; 11; abcde/ghijk; 1",
                "abcdefghijk|l; 12; abcde/hijkl; 2",
                "abcdefghijk|lmn|; 14; abcde/jklmn; 4",
                "abcdefghijk|lmnopqrst; 20; abcde/pqrst; 10",
                "abcdefghijk|lmnopqrstuv|; 22; abcde/rstuv; 12",
                "abcdefghijk|lmnopqrstuv|w; 23; abcde/stuvw; 13",
                "abcdefghijklmnopqrstuvwxyz|abcdefghijklmnopqrstuvwxyz|abcdefghijklmnopqrstuvwxyz; 78; abcde/vwxyz; 68"
            })
    void accountsForEveryByte(String writes, long bytes, String kept, long cut) throws IOException {
        write(writes);

        var text = cut < 0 ? kept : kept.replace("/", "\n[... " + cut + " bytes cut ...]\n");
        assertThat(output.read()).contains(new Output(text, bytes, cut >= 0));
    }

    @Test
    void tellsALaterLifeOfTheServerTheSame() throws IOException {
        write("abcdefghijklmnop|qr");
        var before = output.read();

        var later = open();
        assertThat(later.read()).isEqualTo(before);

        output = later;
        write("stuvwxyzabc|d");
        assertThat(later.read()).contains(new Output("abcde\n[... 20 bytes cut ...]\nzabcd", 30, true));
    }

    @Test
    void readsNothingWhereNothingWasWritten() throws IOException {
        output.trim();

        assertThat(output.read()).isEmpty();
    }

    HolePunch punch() {
        return HolePunch.FALLOCATE;
    }

    private OutputFile open() {
        return new OutputFile(directory.resolve("stdout"), BOUND, punch());
    }

    private void write(String writes) throws IOException {
        for (var part : writes.split("(?<=\\|)|(?=\\|)", -1)) {
            if (part.equals("|")) {
                output.trim();
            } else {
                Files.writeString(
                        output.path(),
                        part,
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
    }
}
