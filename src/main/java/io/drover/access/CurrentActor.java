package io.drover.access;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Whoever is behind the request that this thread serves. */
@Component
public class CurrentActor {

    /** The actor; empty where no request is served or nobody is logged in. */
    public Optional<Actor> get() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Actor actor
                ? Optional.of(actor)
                : Optional.empty();
    }
}
