package io.drover.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the crash tests rely on finds a page that is gone, and nothing where all is well. */
class WholeReadTests {
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private final Findings findings = new Findings();

    @Test
    void aHomeWithoutAFileIsPassedOver() {
        WholeRead.of(directory.resolve("home"), "a kill", findings);

        assertThat(findings.violations()).isEmpty();
    }

    @Test
    void everyRowIsRead() throws IOException, SQLException {
        var home = home();

        WholeRead.of(home, "a kill", findings);

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figures()).containsPattern("rows that were read.* 3000\n");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(home);
        }
    }

    @Test
    void aPageThatIsGoneIsFound() throws IOException, SQLException {
        var home = home();
        try (var file = FileChannel.open(home.resolve("db/drover.mv.db"), StandardOpenOption.WRITE)) {
            long middle = file.size() / 2 / PAGE * PAGE;
            file.write(ByteBuffer.allocate(8 * PAGE), middle);
        }

        WholeRead.of(home, "kill 7", findings);

        assertThat(findings.violations())
                .singleElement()
                .asString()
                .startsWith("The database cannot be read whole after kill 7: ");
    }

    private Path home() throws IOException, SQLException {
        var home = Files.createDirectories(directory.resolve("home"));
        var url = "jdbc:h2:file:" + home.resolve("db/drover");
        try (var connection = DriverManager.getConnection(url, "drover", "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE things (id INT PRIMARY KEY, text VARCHAR)");
            statement.execute("INSERT INTO things SELECT x, REPEAT(RANDOM_UUID(), 20) FROM SYSTEM_RANGE(1, 3000)");
        }
        return home;
    }
}
