package io.drover.inventory;

import io.drover.access.Actor;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Names a VM that is in somebody's way: by its name to those who may see it, to nobody else. */
@Component
class VmNaming {
    private final VmRepository vms;

    VmNaming(VmRepository vms) {
        this.vms = vms;
    }

    /** What this actor is told of a VM. */
    Function<UUID, String> to(Actor actor) {
        return id -> vms.find(id.toString())
                .filter(vm -> actor.reaches(vm.ownerId(), vm.domain()))
                .map(vm -> "VM '" + vm.name() + "'")
                .orElse("another VM");
    }
}
