package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.access.CurrentActor;
import io.drover.history.History;
import io.drover.history.Subject;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Warns of secrets so short that they cannot be told from other text: they are masked only where they stand by themselves. The
 * warning is in the log and in the ledger, and whoever set the secret is told at once.
 */
@Component
public class ShortSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(ShortSecrets.class);

    private final CurrentActor current;
    private final History history;
    private final ApplicationEventPublisher events;

    ShortSecrets(CurrentActor current, History history, ApplicationEventPublisher events) {
        this.current = current;
        this.history = history;
        this.events = events;
    }

    /** That a short secret was set, published for whoever answers the request. */
    public record Noticed(String name) {
        /** The warning, for a person. */
        public String words() {
            return "The secret '" + name
                    + "' has fewer than six characters and is masked only where it stands by itself";
        }
    }

    void notice(DetailOwner type, UUID owner, String name) {
        notice(new Subject(type.name().toLowerCase(Locale.ROOT).replace('_', '-'), owner, name), name);
    }

    /** Tells of a short secret in the caller's transaction. */
    public void notice(Subject subject, String name) {
        var noticed = new Noticed(name);
        LOG.warn("{} ({} {})", noticed.words(), subject.type(), subject.id());
        history.append(current.get().orElse(Actor.SYSTEM), "secret.short", subject, Map.of("name", name));
        events.publishEvent(noticed);
    }
}
