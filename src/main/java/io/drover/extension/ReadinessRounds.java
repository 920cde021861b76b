package io.drover.extension;

import io.drover.node.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at this node's extensions: all of them at each round, and one within seconds of a change of its files or of its row.
 */
@Component
class ReadinessRounds implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ReadinessRounds.class);
    private static final Duration TICK = Duration.ofSeconds(2);

    private final ExtensionRepository repository;
    private final ReadinessRecord record;
    private final UnpackedVersions unpacked;
    private final ObjectProvider<VersionsInUse> inUse;
    private final ExtensionProperties properties;
    private final Pulse pulse;
    private final Clock clock;
    private final FolderWatch folders = new FolderWatch();
    private final Map<UUID, Extension> seen = new HashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("drover-readiness-"));
    private long nextRound;

    ReadinessRounds(
            ExtensionRepository repository,
            ReadinessRecord record,
            UnpackedVersions unpacked,
            ObjectProvider<VersionsInUse> inUse,
            ExtensionProperties properties,
            Pulse pulse,
            Clock clock) {
        this.repository = repository;
        this.record = record;
        this.unpacked = unpacked;
        this.inUse = inUse;
        this.properties = properties;
        this.pulse = pulse;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        nextRound = System.nanoTime();
        timer.scheduleWithFixedDelay(
                pulse.watched("checking extensions", this::tick), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        folders.close();
    }

    private void tick() {
        try {
            boolean round = System.nanoTime() - nextRound >= 0;
            if (round) {
                nextRound = System.nanoTime() + properties.checkInterval().toNanos();
            }
            look(round);
        } catch (RuntimeException e) {
            LOG.error("Cannot look whether extensions are ready; trying again", e);
        }
    }

    private void look(boolean round) {
        var changed = folders.changed();
        var all = repository.all();
        for (var extension : all) {
            if (round || changed.contains(extension.id()) || !extension.equals(seen.get(extension.id()))) {
                look(extension);
            }
        }
        if (round) {
            tidy(all);
        }
        Set<UUID> ids = all.stream().map(Extension::id).collect(Collectors.toSet());
        seen.keySet().retainAll(ids);
        folders.forgetAllBut(ids);
    }

    /** Watched first, so that no change is missed; one that cannot be looked at is looked at again at the next tick. */
    private void look(Extension extension) {
        try {
            folders.watch(extension.id(), extension.directory());
            record.look(extension);
            seen.put(extension.id(), repository.byId(extension.id()).orElse(extension));
        } catch (RuntimeException e) {
            LOG.error("Cannot look whether extension {} is ready; trying again", extension.name(), e);
            seen.remove(extension.id());
        }
    }

    private void tidy(List<Extension> all) {
        Set<String> needed = new HashSet<>();
        all.stream().map(Extension::digest).filter(Objects::nonNull).forEach(needed::add);
        inUse.forEach(users -> needed.addAll(users.digests()));
        unpacked.removeAllBut(needed, Instant.now(clock));
    }
}
