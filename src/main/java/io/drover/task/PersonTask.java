package io.drover.task;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operation's diagram asks a person.
 *
 * @param id the engine's
 * @param vmOwner the account that the VM belongs to, and its domain
 * @param requester the account that has asked for the operation
 * @param fourEyes whether that account may not answer
 * @param assignee the name of the account that has it in hand
 * @param answeredBy the name of the account that has answered
 * @param named by whom the diagram wants it answered, see {@link Named}
 */
public record PersonTask(
        String id,
        UUID operation,
        UUID vm,
        UUID vmOwner,
        String vmDomain,
        UUID requester,
        String requestedBy,
        String activity,
        String name,
        @Nullable String description,
        boolean fourEyes,
        @Nullable String assignee,
        TaskState state,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String answeredBy,
        Set<String> named) {

    /** The accounts that the diagram names. */
    public List<String> accounts() {
        return Named.accounts(named);
    }

    /** The role types that the diagram names. */
    public List<String> roles() {
        return Named.roles(named);
    }

    /** The domains whose accounts the diagram names. */
    public List<String> domains() {
        return Named.domains(named);
    }

    PersonTask with(Set<String> others) {
        return new PersonTask(
                id,
                operation,
                vm,
                vmOwner,
                vmDomain,
                requester,
                requestedBy,
                activity,
                name,
                description,
                fourEyes,
                assignee,
                state,
                createdAt,
                endedAt,
                answeredBy,
                others);
    }
}
