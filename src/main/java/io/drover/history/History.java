package io.drover.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Actor;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The ledger: what was done to what, by whom, when. Entries are added, never changed. */
@Service
public class History {
    private final HistoryRepository repository;
    private final ObjectMapper json;
    private final Clock clock;

    History(HistoryRepository repository, ObjectMapper json, Clock clock) {
        this.repository = repository;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Adds an entry in the caller's transaction, so that it stands exactly if the change itself does.
     *
     * @param kind what happened, {@code <thing>.<past tense>}, e.g. {@code extension.disabled}
     * @param body the values that matter; no secrets. The id of the VM that it is about, if its subject is none, as {@code vm}
     */
    public void append(Actor actor, String kind, Subject subject, Map<String, ?> body) {
        repository.add(Instant.now(clock), actor, kind, subject, vm(subject, body), write(body));
    }

    /** The VM that the entry is about: its subject, or the one that its body names. */
    private static @Nullable UUID vm(Subject subject, Map<String, ?> body) {
        var vm = subject.type().equals("vm") ? subject.id() : body.get("vm");
        return vm instanceof UUID id ? id : null;
    }

    /** The entries that match, newest first. */
    public Page<HistoryEntry> find(HistoryQuery query, PageRequest page) {
        return repository.find(query, page);
    }

    private String write(Map<String, ?> body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body of a history entry cannot be written as JSON", e);
        }
    }
}
