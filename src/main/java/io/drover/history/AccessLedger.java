package io.drover.history;

import io.drover.access.AccessChange;
import io.drover.access.Actor;
import io.drover.access.LoginEvent;
import io.drover.access.RoleType;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Enters changes of accounts and API keys; the access module cannot, since the ledger is built on it. */
@Component
class AccessLedger {
    /** Whoever fails to log in is known by the name that was tried only. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final History history;

    AccessLedger(History history) {
        this.history = history;
    }

    @EventListener
    void enter(AccessChange change) {
        var subject = new Subject(change.subjectType(), change.subjectId(), change.subjectName());
        history.append(change.actor(), change.kind(), subject, change.body());
    }

    /** In a transaction of its own: that a login failed stands, whatever becomes of what it was for. */
    @EventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void enter(LoginEvent login) {
        var actor = login.actor() == null ? new Actor(NOBODY, login.name(), RoleType.USER, "/") : login.actor();
        var subject = new Subject(login.subjectType(), login.subjectId(), login.name());
        history.append(actor, login.kind(), subject, login.body());
    }
}
