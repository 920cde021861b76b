package io.drover.extension;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.node.ThisNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts on record what this node finds, and tells of each change from ready to not ready and back once. */
@Component
class ReadinessRecord {
    private static final Logger LOG = LoggerFactory.getLogger(ReadinessRecord.class);

    private final ReadinessCheck check;
    private final ReadinessRepository repository;
    private final ThisNode self;
    private final History history;
    private final Clock clock;

    ReadinessRecord(ReadinessCheck check, ReadinessRepository repository, ThisNode self, History history, Clock clock) {
        this.check = check;
        this.repository = repository;
        this.self = self;
        this.history = history;
        this.clock = clock;
    }

    /** Looks at the extension anew in every respect. */
    @Transactional
    public synchronized Readiness look(Extension extension) {
        var before = repository.of(extension.id()).stream()
                .filter(row -> row.node().equals(self.name()))
                .map(row -> row.readiness().ready())
                .findFirst();
        var now = check.anew(extension);
        repository.put(extension.id(), self.name(), now, Instant.now(clock));
        if (extension.enabled() && now.ready() != before.orElse(true)) {
            tell(extension, now);
        }
        return now;
    }

    private void tell(Extension extension, Readiness now) {
        if (now.ready()) {
            LOG.info("Extension {} is ready on this node again", extension.name());
            history.append(
                    Actor.SYSTEM, "extension.ready", Registration.subject(extension), Map.of("node", self.name()));
        } else {
            var reason = String.valueOf(now.reason());
            LOG.warn("Extension {} is not ready on this node: {}", extension.name(), reason);
            history.append(
                    Actor.SYSTEM,
                    "extension.not-ready",
                    Registration.subject(extension),
                    Map.of("node", self.name(), "reason", reason));
        }
    }
}
