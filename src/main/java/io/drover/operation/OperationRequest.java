package io.drover.operation;

import io.drover.access.Actor;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private final Vms vms;
    private final Clock clock;
    private final TransactionTemplate transaction;

    OperationRequest(
            OperationRepository repository,
            IdempotencyKeys keys,
            CustomActionCalls calls,
            OperationWorkflow workflow,
            Admission admission,
            Vms vms,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.repository = repository;
        this.keys = keys;
        this.calls = calls;
        this.workflow = workflow;
        this.admission = admission;
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
    Operation begin(String verb, Vm vm, Actor actor, @Nullable IdempotencyKey key) {
        return begin(verb, vm, actor, key, null);
    }

    /** The same for a custom action, when one is asked for. */
    Operation begin(String verb, Vm vm, Actor actor, @Nullable IdempotencyKey key, @Nullable AskedAction asked) {
        var operation = record(verb, vm, actor, key, asked);
        workflow.start(operation, vm);
        return repository.find(operation.id()).orElseThrow();
    }

    /** Records the operation for a process that is being started by somebody else. */
    Operation adopt(String verb, Vm vm, Actor actor, @Nullable AskedAction asked) {
        admission.check(verb);
        return record(verb, vm, actor, null, asked);
    }

    private Operation record(
            String verb, Vm vm, Actor actor, @Nullable IdempotencyKey key, @Nullable AskedAction asked) {
        var lifecycle = Lifecycle.OF_VERB.get(verb);
        if (lifecycle == null) {
            throw ProblemException.invalid("/verb", "must be one of " + Lifecycle.OF_VERB.keySet(), verb);
        }
        checkFree(vm);
        var id = UUID.randomUUID();
        var now = Instant.now(clock);
        repository.add(id, vm.id(), verb, actor, now);
        if (asked != null) {
            calls.record(id, asked);
        }
        keys.add(actor, key, id, now);
        checkDeployed(verb, vm);
        if (!allowed(vm, lifecycle)) {
            throw wrongState(verb, vms.get(vm.id()), lifecycle);
        }
        return Operation.queued(id, vm.id(), verb, actor, now);
    }

    /** A VM in state Error may or may not exist for its extension; deploying is for the one that does not. */
    private static void checkDeployed(String verb, Vm vm) {
        if (verb.equals("deploy") && vm.deployed()) {
            throw ProblemException.conflict(
                    "vm-deployed", "VM '" + vm.name() + "' has been deployed; start it instead");
        }
        if (verb.equals("start") && !vm.deployed()) {
            throw ProblemException.conflict(
                    "vm-not-deployed", "VM '" + vm.name() + "' has never been deployed; deploy it instead");
        }
    }

    private boolean allowed(Vm vm, Lifecycle lifecycle) {
        return lifecycle.during() == null
                ? lifecycle.from().contains(vms.get(vm.id()).state())
                : vms.advance(vm.id(), lifecycle.from(), lifecycle.during(), null);
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

    private static ProblemException wrongState(String verb, Vm vm, Lifecycle lifecycle) {
        var wanted = lifecycle.from().stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
        return ProblemException.conflict(
                        "wrong-vm-state",
                        "VM '" + vm.name() + "' is " + vm.state() + "; " + verb + " needs one of " + wanted)
                .with("state", vm.state());
    }
}
