package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An entry that may be executed, but that no interpreter would run, is not ready. */
class FirstLineReadinessTests extends RegistryTests {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /usr/bin/env sh\\r        | demo.sh has Windows line ends (CR LF)
            /usr/bin/env no-such-prog | the interpreter no-such-prog is not there, going by PATH=/usr/bin:/bin
            /opt/no/such/python       | the interpreter /opt/no/such/python is not there
            """)
    void theFirstLineIsLookedAt(String interpreter, String told) throws IOException {
        var extension = extensions.create(named("demo"), ADMIN);
        var entry = last().resolve("demo/demo.sh");
        var good = Files.readString(entry);
        assertThat(nodes.here(extension).ready()).isTrue();

        Files.writeString(entry, "#!" + interpreter.replace("\\r", "\r") + "\n");
        assertThat(nodes.here(extension).reason()).startsWith(told);

        Files.writeString(entry, "\ufeff" + good);
        assertThat(nodes.here(extension).reason()).startsWith("demo.sh begins with a byte order mark");

        Files.writeString(entry, good);
        assertThat(nodes.here(extension).ready()).isTrue();
    }
}
