package io.drover.operation;

import io.drover.access.Actor;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import io.drover.inventory.life.Verb;
import io.drover.operation.OperationProgress.Adoption;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes a request in: once per idempotency key, one at a time per VM, all or nothing. */
@Component
class OperationRequest {
    private static final int ATTEMPTS = 3;

    private final OperationRepository repository;
    private final IdempotencyKeys keys;
    private final CustomActionCalls calls;
    private final OperationWorkflow workflow;
    private final Admission admission;
    private final Admittance admittance;
    private final VmGround ground;
    private final Vms vms;
    private final Clock clock;
    private final TransactionTemplate transaction;

    OperationRequest(
            OperationRepository repository,
            IdempotencyKeys keys,
            CustomActionCalls calls,
            OperationWorkflow workflow,
            Admission admission,
            Admittance admittance,
            VmGround ground,
            Vms vms,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.repository = repository;
        this.keys = keys;
        this.calls = calls;
        this.workflow = workflow;
        this.admission = admission;
        this.admittance = admittance;
        this.ground = ground;
        this.vms = vms;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The operation that was begun under the key before, or else the one that {@code begin} begins in a transaction. */
    Operation once(String verb, Actor actor, @Nullable IdempotencyKey key, Supplier<Operation> begin) {
        for (int attempt = 1; ; attempt++) {
            var known = keys.find(actor, key);
            if (known.isPresent()) {
                return repository.find(known.get()).orElseThrow();
            }
            admission.check(verb);
            try {
                return Objects.requireNonNull(transaction.execute(status -> begin.get()));
            } catch (DuplicateKeyException | ProblemException e) {
                if (attempt == ATTEMPTS || !lostRace(actor, key, e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether trying again can end otherwise: the same request was begun meanwhile, or what was in the way has ended. */
    private boolean lostRace(Actor actor, @Nullable IdempotencyKey key, RuntimeException refusal) {
        return refusal instanceof DuplicateKeyException || keys.find(actor, key).isPresent();
    }

    /** Records the operation, moves the VM to its state meanwhile, and starts the process. */
    Operation begin(Verb verb, Vm vm, Actor actor, @Nullable IdempotencyKey key) {
        return begin(verb, vm, actor, key, null, false);
    }

    /** The same for a custom action, when one is asked for; or for a deletion that is forced. */
    Operation begin(
            Verb verb, Vm vm, Actor actor, @Nullable IdempotencyKey key, @Nullable AskedAction asked, boolean forced) {
        var adoption = record(verb, vm, actor, key, asked, forced);
        workflow.start(adoption.operation(), adoption.vm());
        return repository.find(adoption.operation().id()).orElseThrow();
    }

    /** Records the operation for a process that is being started by somebody else. */
    Adoption adopt(String word, Vm vm, Actor actor, @Nullable AskedAction asked) {
        var verb = Verb.ofOperation(word).orElseThrow(() -> unknown(word));
        admission.check(word);
        return record(verb, vm, actor, null, asked, false);
    }

    private Adoption record(
            Verb verb, Vm vm, Actor actor, @Nullable IdempotencyKey key, @Nullable AskedAction asked, boolean forced) {
        checkFree(vm);
        var id = UUID.randomUUID();
        var now = Instant.now(clock);
        repository.add(id, vm.id(), verb.word(), actor, now);
        if (asked != null) {
            calls.record(id, asked);
        }
        keys.add(actor, key, id, now);
        var before = vms.get(vm.id());
        admittance.check(verb, before);
        if (verb.during() != null && !vms.advance(vm.id(), EnumSet.of(before.state()), verb.during(), null)) {
            throw admittance.refusal(verb, vms.get(vm.id()));
        }
        ground.begin(id, before, forced);
        return new Adoption(Operation.queued(id, vm.id(), verb.word(), actor, now), before);
    }

    static ProblemException unknown(String word) {
        var known = Verb.operations().stream().map(Verb::word).toList();
        return ProblemException.invalid("/verb", "must be one of " + known, word);
    }

    private void checkFree(Vm vm) {
        repository.activeOf(vm.id()).flatMap(repository::find).ifPresent(operation -> {
            throw ProblemException.conflict(
                            "operation-in-progress",
                            "VM '" + vm.name() + "' is busy: operation " + operation.id() + " (" + operation.verb()
                                    + ", requested by "
                                    + operation.requestedBy().name() + ") is " + operation.state())
                    .with("operation", operation.id());
        });
    }
}
