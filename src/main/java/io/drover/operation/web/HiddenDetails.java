package io.drover.operation.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.Actor;
import io.drover.extension.wire.Masking;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Vms;
import io.drover.operation.Action;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * Keeps details of VMs that are reserved for Admins from whoever may not see them: under their names, and their values wherever
 * else they turn up in what an action was told and has answered.
 */
@Component
class HiddenDetails {
    private final Vms vms;
    private final Details details;
    private final ObjectMapper json;

    HiddenDetails(Vms vms, Details details, ObjectMapper json) {
        this.vms = vms;
        this.details = details;
        this.json = json;
    }

    /** What the actor may be told. */
    Shown from(Actor actor) {
        return new Shown(vms.hiddenDetails(actor));
    }

    /** @param names of hidden details */
    final class Shown {
        private final Set<String> names;

        private Shown(Set<String> names) {
            this.names = names;
        }

        Action without(Action action) {
            return names.isEmpty() ? action : action.told(words(action.vmId(), List.of(action)));
        }

        /** Takes the hidden details of the VM, as they are and as they were when these were run, out of texts. */
        UnaryOperator<String> words(UUID vm, Collection<Action> actions) {
            if (names.isEmpty()) {
                return UnaryOperator.identity();
            }
            var masking = new Masking(json, Set.of());
            masking.alsoInDetails(names);
            for (var kind : List.of(DetailOwner.VM, DetailOwner.INSTANCE)) {
                details.of(kind, vm).forEach((name, value) -> {
                    if (names.contains(name)) {
                        masking.learn(Set.of(value));
                    }
                });
            }
            for (var action : actions) {
                masking.learnFrom(String.valueOf(action.payload()));
                masking.learnFrom(String.valueOf(action.answer()));
            }
            return masking::text;
        }
    }
}
