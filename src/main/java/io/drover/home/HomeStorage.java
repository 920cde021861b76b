package io.drover.home;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Whether the home directory has room, asked of the file system each time, and can be written to, tried once a second at most.
 * Health calls it {@code homeStorage}, metrics have {@code drover.home.free}.
 */
@Component
@EnableConfigurationProperties(StorageProperties.class)
public class HomeStorage implements HealthIndicator, MeterBinder {
    private final Path home;
    private final DataSize leastFree;
    private final DirectoryProbe probe;

    HomeStorage(Home home, StorageProperties properties) {
        this.home = home.root();
        this.leastFree = properties.leastFree();
        this.probe = new DirectoryProbe(this.home);
    }

    /** Why no new work may be taken, a sentence without a full stop; empty while it may. */
    public Optional<String> problem() {
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            if (free < leastFree.toBytes()) {
                return Optional.of("The file system of " + home + " has " + megabytes(free) + " free, less than the "
                        + megabytes(leastFree.toBytes()) + " of drover.storage.least-free");
            }
            return unwritable();
        } catch (IOException e) {
            return Optional.of("The file system of " + home + " cannot be asked: " + e.getMessage());
        }
    }

    @Override
    public Health health() {
        var problem = problem();
        var health = problem.isPresent() ? Health.outOfService() : Health.up();
        problem.ifPresent(why -> health.withDetail("reason", why));
        return health.withDetail("free", free()).build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drover.home.free", this, HomeStorage::free)
                .description("Free space of the home directory's file system; -1 when it cannot be asked")
                .baseUnit("bytes")
                .register(registry);
    }

    private long free() {
        try {
            return Files.getFileStore(home).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    private Optional<String> unwritable() {
        return Optional.ofNullable(probe.failure())
                .map(failure -> "The home directory " + home + " cannot be written to: " + failure);
    }

    private static String megabytes(long bytes) {
        return bytes / (1024 * 1024) + " MB";
    }
}
