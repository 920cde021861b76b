package io.drover.history;

import io.drover.access.AccessChange;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Enters changes of accounts and API keys; the access module cannot, since the ledger is built on it. */
@Component
class AccessLedger {
    private final History history;

    AccessLedger(History history) {
        this.history = history;
    }

    @EventListener
    void enter(AccessChange change) {
        var subject = new Subject(change.subjectType(), change.subjectId(), change.subjectName());
        history.append(change.actor(), change.kind(), subject, change.body());
    }
}
