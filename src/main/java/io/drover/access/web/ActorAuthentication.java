package io.drover.access.web;

import io.drover.access.Actor;
import io.drover.access.Login;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** An actor who is logged in; the authority is the role type's, e.g. {@code ROLE_RESOURCE_ADMIN}. */
final class ActorAuthentication extends AbstractAuthenticationToken {
    private final Actor actor;
    private final @Nullable Login login;

    private ActorAuthentication(Actor actor, @Nullable Login login) {
        super(AuthorityUtils.createAuthorityList("ROLE_" + actor.role().name()));
        this.actor = actor;
        this.login = login;
        setAuthenticated(true);
    }

    static ActorAuthentication of(Login login) {
        return new ActorAuthentication(login.actor(), login);
    }

    static ActorAuthentication ofApiKey(Actor actor) {
        return new ActorAuthentication(actor, null);
    }

    /** The login by password; null when it was by API key. */
    @Nullable
    Login login() {
        return login;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Actor getPrincipal() {
        return actor;
    }

    @Override
    public String getName() {
        return actor.name();
    }
}
