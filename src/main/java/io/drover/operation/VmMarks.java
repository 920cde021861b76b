package io.drover.operation;

import io.drover.inventory.Creation;
import io.drover.inventory.PowerState;
import io.drover.inventory.Vm;
import io.drover.inventory.VmCreations;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import io.drover.inventory.life.StateTable;
import io.drover.inventory.life.Verb;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What an operation records of its VM on the way, and where the VM is when it has ended. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class VmMarks {
    private final Vms vms;
    private final VmCreations creations;
    private final VmGround ground;
    private final Evidence evidence;
    private final LeftBehind leftBehind;
    private final Clock clock;

    VmMarks(Vms vms, VmCreations creations, VmGround ground, Evidence evidence, LeftBehind leftBehind, Clock clock) {
        this.vms = vms;
        this.creations = creations;
        this.ground = ground;
        this.evidence = evidence;
        this.leftBehind = leftBehind;
        this.clock = clock;
    }

    /** Nothing that was done or seen in the operation supports the state that was to be recorded; nothing was. */
    public static class NotSeenException extends Exception {
        NotSeenException(String message) {
            super(message);
        }
    }

    /** The VM's power was seen to be so. */
    public void power(Operation operation, PowerState seen) {
        vms.observePower(operation.vmId(), seen, Instant.now(clock));
    }

    /**
     * The VM has reached a state. Running occupies its host, Stopped leaves it, Expunged gives everything back.
     *
     * @param reason why, as the VM's {@code stateReason}; null for what the operation itself knows
     * @return what is to be told besides, in a sentence: what may be left outside of a VM that is expunged; null for nothing
     * @throws NotSeenException when the VM cannot be in that state as far as is known
     */
    public @Nullable String state(Operation operation, VmState reached, @Nullable String reason)
            throws NotSeenException {
        var vm = vms.get(operation.vmId());
        check(operation, vm, reached);
        if (reached == VmState.Expunged) {
            return expunge(operation, vm);
        }
        record(vm, reached, reason == null ? reason(operation, reached) : OperationRepository.cut(reason, 2000));
        return null;
    }

    /** The operation has ended: a VM that it has left between two states, or in one that cannot be, goes back to its ground. */
    void settle(Operation ended) {
        var vm = vms.get(ended.vmId());
        if (vm.state() == VmState.Expunged) {
            return;
        }
        var left = StateTable.BETWEEN.contains(vm.state()) ? ground.of(ended.id()) : vm.state();
        var state = StateTable.credible(left, vm.creation());
        if (state != vm.state()) {
            record(vm, state, reason(ended, state));
        }
        if (Verb.of(ended.verb()) == Verb.DEPLOY && ended.state() != OperationState.SUCCEEDED) {
            giveUp(vm);
        }
    }

    /** Nothing is held of an attempt that left nothing: neither the host that was chosen nor what was prepared. */
    private void giveUp(Vm vm) {
        creations.unbind(vm.id());
        if (vm.creation() == Creation.Never) {
            vms.takePatchBack(vm.id());
        }
    }

    private void check(Operation operation, Vm vm, VmState reached) throws NotSeenException {
        var why =
                switch (reached) {
                    case Running, Stopped -> evidence.against(operation, vm, reached);
                    case Allocated -> vm.creation() == Creation.Never ? null : "it may have been created";
                    case Expunged -> isGone(operation, vm) ? null : "it has not been deleted outside";
                    default -> null;
                };
        if (why != null) {
            throw new NotSeenException("VM '" + vm.name() + "' cannot be recorded as " + reached + ": " + why);
        }
    }

    private boolean isGone(Operation operation, Vm vm) {
        return vm.creation() == Creation.Never || ground.isForced(operation.id());
    }

    private @Nullable String expunge(Operation operation, Vm vm) {
        var left = vm.creation() == Creation.Never ? null : leftBehind.record(operation, vm);
        vms.expunge(vm.id(), operation.requestedBy());
        if (left != null) {
            vms.advance(vm.id(), EnumSet.of(VmState.Expunged), VmState.Expunged, left);
        }
        return left;
    }

    private void record(Vm vm, VmState reached, @Nullable String reason) {
        vms.advance(vm.id(), EnumSet.complementOf(EnumSet.of(VmState.Expunged)), reached, reason);
        if (reached == VmState.Running && vm.hostId() == null && vm.lastHostId() != null && vm.clusterId() != null) {
            vms.place(vm.id(), vm.clusterId(), vm.lastHostId());
        } else if (reached == VmState.Stopped) {
            vms.unplace(vm.id());
        }
    }

    private static @Nullable String reason(Operation operation, VmState reached) {
        if (reached != VmState.Error) {
            return null;
        }
        return operation.error() == null
                ? "The process of " + operation.verb() + " ended without recording the VM's state"
                : operation.error().message();
    }
}
