package io.drover.operation;

import io.drover.inventory.PowerState;
import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What an operation records of its VM on the way. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class VmMarks {
    private final Vms vms;
    private final Clock clock;

    VmMarks(Vms vms, Clock clock) {
        this.vms = vms;
        this.clock = clock;
    }

    /** The VM's power was seen to be so. */
    public void power(Operation operation, PowerState seen) {
        vms.observePower(operation.vmId(), seen, Instant.now(clock));
    }

    /** The VM has reached a state. Running occupies its host, Stopped leaves it, Expunged gives everything back. */
    public void state(Operation operation, VmState reached) {
        var vm = vms.get(operation.vmId());
        if (reached == VmState.Expunged) {
            vms.expunge(vm.id(), operation.requestedBy());
            return;
        }
        vms.advance(vm.id(), EnumSet.complementOf(EnumSet.of(VmState.Expunged)), reached, reason(operation, reached));
        if (reached == VmState.Running) {
            runs(operation, vm);
        } else if (reached == VmState.Stopped) {
            vms.unplace(vm.id());
        }
    }

    private void runs(Operation operation, Vm vm) {
        if (operation.verb().equals("deploy")) {
            vms.markDeployed(vm.id(), true);
        }
        if (vm.hostId() == null && vm.lastHostId() != null && vm.clusterId() != null) {
            vms.place(vm.id(), vm.clusterId(), vm.lastHostId());
        }
    }

    private static @Nullable String reason(Operation operation, VmState reached) {
        return reached == VmState.Error && operation.error() != null
                ? operation.error().message()
                : null;
    }
}
