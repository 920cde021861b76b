package io.drover.history;

import io.drover.access.Actor;
import java.util.Set;
import java.util.UUID;

/** Who knows which VMs there are and were; the ledger itself knows only what was entered. */
public interface KnownVms {

    /**
     * The ids of all VMs that the actor reaches and that have one of the references as their name or id, or had it as their
     * last name; a refusal naming those that no VM has.
     */
    Set<UUID> everKnown(Set<String> references, Actor actor);
}
