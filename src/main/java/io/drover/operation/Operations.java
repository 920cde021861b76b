package io.drover.operation;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.inventory.NewVm;
import io.drover.inventory.Vms;
import io.drover.inventory.life.Verb;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Everything anyone may ask of a VM. Each request becomes one operation, or is refused and leaves nothing behind. */
@Service
public class Operations {
    private final OperationRepository repository;
    private final OperationList lists;
    private final OperationRequest request;
    private final OperationControl control;
    private final Vms vms;

    Operations(
            OperationRepository repository,
            OperationList lists,
            OperationRequest request,
            OperationControl control,
            Vms vms) {
        this.repository = repository;
        this.lists = lists;
        this.request = request;
        this.control = control;
        this.vms = vms;
    }

    /**
     * Allocates a VM and begins to deploy it.
     *
     * @throws ProblemException when the VM cannot be allocated as asked, or too many actions wait already
     */
    public Operation deploy(NewVm vm, Actor actor, @Nullable IdempotencyKey key) {
        return request.once(
                Verb.DEPLOY.word(), actor, key, () -> request.begin(Verb.DEPLOY, vms.allocate(vm, actor), actor, key));
    }

    /**
     * Begins an operation on a VM that exists.
     *
     * @param verb start, stop, reboot, status or delete
     * @throws ProblemException when there is no such VM, its state does not allow the verb, or another operation on it is
     *     under way; the problem names that operation; or when too many actions wait already
     */
    public Operation request(String verb, String vmReference, Actor actor, @Nullable IdempotencyKey key) {
        var asked = Verb.ofOperation(verb).orElseThrow(() -> OperationRequest.unknown(verb));
        return request.once(verb, actor, key, () -> request.begin(asked, vms.get(vmReference, actor), actor, key));
    }

    /**
     * Begins to delete a VM, whatever its extension says to that: it ends expunged, and what may be left outside is on the
     * record.
     *
     * @throws ProblemException as {@link #request}; and when the actor is no Admin
     */
    public Operation forceDelete(String vmReference, Actor actor, @Nullable IdempotencyKey key) {
        if (actor.role() != RoleType.ADMIN) {
            throw ProblemException.forbidden("Only an Admin may delete a VM with force");
        }
        return request.once(Verb.DELETE.word(), actor, key, () -> {
            var vm = vms.get(vmReference, actor);
            return request.begin(Verb.DELETE, vm, actor, key, null, true);
        });
    }

    /** @throws ProblemException when there is no such operation or the actor does not reach its VM */
    public Operation get(UUID id, Actor actor) {
        return repository
                .find(id)
                .filter(operation -> vms.reaches(actor, operation.vmId()))
                .orElseThrow(() -> ProblemException.notFound("operation", id));
    }

    /** @throws ProblemException when there is no such operation */
    public Operation get(UUID id) {
        return repository.find(id).orElseThrow(() -> ProblemException.notFound("operation", id));
    }

    /** The operations that match and that the actor reaches, newest first. */
    public Page<Operation> list(OperationQuery query, PageRequest page, Actor actor) {
        return lists.operations(query, page, actor);
    }

    /**
     * Ends an operation: its program is ended with all its processes, and the VM is left in state Error unless it was at
     * rest.
     *
     * @throws ProblemException when it has ended already
     */
    public Operation cancel(UUID id, Actor actor) {
        control.cancel(get(id, actor), actor);
        return get(id);
    }

    /**
     * Lets an operation that waits for a retry or is held up by an incident try again now.
     *
     * @throws ProblemException when there is nothing to retry
     */
    public Operation retry(UUID id, Actor actor) {
        control.retry(get(id, actor), actor);
        return get(id);
    }
}
