package io.drover.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.drover.access.Actor;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.text.Cut;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The ledger: what was done to what, by whom, when. Entries are added, never changed. */
@Service
public class History {
    private static final int LONGEST_TEXT = 4000;

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

    /** No text in an entry is longer than {@value #LONGEST_TEXT}, whoever made it. */
    private static JsonNode bounded(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(bounded(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, bounded(array.get(i)));
            }
        }
        return node.isTextual() ? TextNode.valueOf(Cut.to(LONGEST_TEXT, Cut.clean(node.textValue()))) : node;
    }

    private String write(Map<String, ?> body) {
        try {
            return json.writeValueAsString(bounded(json.valueToTree(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body of a history entry cannot be written as JSON", e);
        }
    }
}
