package io.drover.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A directory is tried once a second, however many ask, and nothing is left in it. */
class DirectoryProbeTests {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @TempDir
    Path parent;

    private Path directory;
    private DirectoryProbe probe;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(parent.resolve("home"));
        probe = new DirectoryProbe(directory, now::get);
    }

    @Test
    void nothingIsLeftOfAProbe() {
        assertThat(probe.failure()).isNull();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void oneProbeServesAllOfASecond() throws IOException {
        assertThat(probe.failure()).isNull();
        Files.delete(directory);

        for (int i = 0; i < 100; i++) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(9));
            assertThat(probe.failure()).isNull();
        }

        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(probe.failure()).isNotNull();
        Files.createDirectory(directory);
        assertThat(probe.failure()).isNotNull();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(probe.failure()).isNull();
    }

    @Test
    void whoHasReasonToDoubtTriesAnewForAll() throws IOException {
        assertThat(probe.failure()).isNull();
        Files.delete(directory);

        assertThat(probe.failureNow()).isNotNull();

        assertThat(probe.failure()).isNotNull();
    }

    @Test
    void manyNewOperationsWriteOnce() throws IOException {
        var storage = new HomeStorage(new Home(directory.toString()), new StorageProperties(DataSize.ofBytes(0)));
        assertThat(storage.problem()).isEmpty();
        var modified = Files.getLastModifiedTime(directory);

        for (int i = 0; i < 20; i++) {
            assertThat(storage.problem()).isEmpty();
        }

        assertThat(Files.getLastModifiedTime(directory)).isEqualTo(modified);
    }
}
