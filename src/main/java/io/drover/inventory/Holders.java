package io.drover.inventory;

import io.drover.access.Actor;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Who has what another VM asks for: told by name to those who may see that VM, and to nobody else. */
@Component
class Holders {
    private final VmRepository vms;

    Holders(VmRepository vms) {
        this.vms = vms;
    }

    /** Tells the VM of an id, e.g. {@code VM 'web-1'} or {@code another VM}. */
    interface Words {
        String of(UUID vm);
    }

    /** What this actor may be told. */
    Words as(Actor actor) {
        return words(vm -> actor.reaches(vm.ownerId(), vm.domain()));
    }

    /** What this actor may be told in the record of a VM, which its owner reads. */
    Words inRecordOf(UUID vm, Actor actor) {
        var owner = vms.find(vm.toString()).map(Vm::ownerId);
        return words(holder -> actor.reaches(holder.ownerId(), holder.domain())
                && owner.isPresent()
                && holder.ownerId().equals(owner.get()));
    }

    private Words words(Predicate<Vm> told) {
        return id -> vms.find(id.toString())
                .filter(told)
                .map(vm -> "VM '" + vm.name() + "'")
                .orElse("another VM");
    }
}
