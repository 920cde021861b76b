package io.drover.extension;

import io.drover.inventory.ExtensionNames;
import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the inventory the names of extensions. */
@Component
class RegisteredNames implements ExtensionNames {
    private final ExtensionRepository repository;

    RegisteredNames(ExtensionRepository repository) {
        this.repository = repository;
    }

    @Override
    public UUID idOf(String ref) {
        return find(ref).id();
    }

    @Override
    public String nameOf(UUID id) {
        return find(id.toString()).name();
    }

    Extension find(String ref) {
        if (!Names.canRefer(ref)) {
            throw ProblemException.notFound("extension", ref);
        }
        var found = Names.isId(ref) ? repository.byId(UUID.fromString(ref)) : repository.byName(ref);
        return found.orElseThrow(() -> ProblemException.notFound("extension", ref));
    }
}
