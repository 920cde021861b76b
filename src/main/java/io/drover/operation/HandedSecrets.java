package io.drover.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.Actor;
import io.drover.access.SecretBox;
import io.drover.extension.manifest.SecretFields;
import io.drover.extension.wire.ExactJson;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.inventory.Vms;
import io.drover.operation.HandedSecretRepository.Kept;
import io.drover.problem.ProblemException;
import io.drover.problem.ProblemException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hands what custom actions have answered in their secret fields to the person who asked for them, once. */
@Service
public class HandedSecrets {
    private final Operations operations;
    private final HandedSecretRepository repository;
    private final SecretBox box;
    private final ObjectMapper json;
    private final History history;
    private final Vms vms;
    private final Clock clock;

    HandedSecrets(
            Operations operations,
            HandedSecretRepository repository,
            SecretBox box,
            ObjectMapper json,
            History history,
            Vms vms,
            Clock clock) {
        this.operations = operations;
        this.repository = repository;
        this.box = box;
        this.json = json;
        this.history = history;
        this.vms = vms;
        this.clock = clock;
    }

    /**
     * The secret fields of one action.
     *
     * @param name the custom action's name
     * @param fields by the names that its definition has for them, as the program answered them
     */
    public record Handed(UUID action, String name, ObjectNode fields) {}

    /**
     * Hands out the secrets of the operation's first action of which they were not fetched yet. That they were is on the record.
     *
     * @throws ProblemException when there is no such operation, the actor is not who asked for it, it has no secrets, or they
     *     were fetched or have lapsed
     */
    @Transactional
    public Handed take(UUID operationId, Actor actor) {
        var operation = operations.get(operationId, actor);
        if (!operation.requestedBy().id().equals(actor.id())) {
            throw ProblemException.forbidden("Only " + operation.requestedBy().name() + ", who asked for operation "
                    + operationId + ", may fetch its secrets");
        }
        var now = Instant.now(clock);
        var all = repository.ofOperation(operationId);
        for (var kept : all) {
            if (kept.sealed() != null && now.isBefore(kept.until()) && repository.take(kept.action(), now)) {
                return handed(operation, kept, kept.sealed(), actor);
            }
        }
        throw all.isEmpty() ? none(operation) : gone(operationId);
    }

    private Handed handed(Operation operation, Kept kept, String sealed, Actor actor) {
        var fields = ExactJson.object(json, box.open(sealed));
        var vm = vms.get(operation.vmId());
        history.append(
                actor,
                "action.secrets-fetched",
                new Subject("vm", vm.id(), vm.name()),
                Map.of(
                        "action",
                        kept.action(),
                        "operation",
                        operation.id(),
                        "verb",
                        kept.actionName(),
                        "fields",
                        SecretFields.names(fields)));
        return new Handed(kept.action(), kept.actionName(), fields);
    }

    private static ProblemException none(Operation operation) {
        return new ProblemException(
                Kind.NOT_FOUND,
                "secrets-not-found",
                "Operation " + operation.id() + (operation.state().ended() ? " has" : " has still")
                        + " no secrets to fetch");
    }

    private ProblemException gone(UUID operation) {
        var all = repository.ofOperation(operation);
        var last = all.get(all.size() - 1);
        var why = last.takenAt() == null ? "lapsed at " + last.until() : "were fetched at " + last.takenAt();
        return new ProblemException(Kind.GONE, "secrets-gone", "The secrets of operation " + operation + " " + why);
    }
}
