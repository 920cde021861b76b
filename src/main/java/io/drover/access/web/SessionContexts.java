package io.drover.access.web;

import io.drover.access.Login;
import io.drover.access.Logins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Logins that last for a session. Each request looks at the account anew, so that disabling it, or changing its role or
 * password, ends or changes its sessions on every node. A request that shows credentials is on its own: its session, if it
 * has one, is not looked at.
 */
@Component
class SessionContexts implements SecurityContextRepository {
    private final SecurityContextRepository session = new HttpSessionSecurityContextRepository();
    private final SecurityContextRepository request = new RequestAttributeSecurityContextRepository();
    private final Logins logins;

    SessionContexts(Logins logins) {
        this.logins = logins;
    }

    /** The contexts of requests that show credentials; they end with the request. */
    SecurityContextRepository ofOneRequest() {
        return request;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest incoming) {
        var shown = request.loadDeferredContext(incoming);
        return new Deferred(
                () -> shown.isGenerated() && !ShownCredentials.in(incoming) ? ofSession(incoming) : shown.get());
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest incoming, HttpServletResponse response) {
        session.saveContext(context, incoming, response);
    }

    @Override
    public boolean containsContext(HttpServletRequest incoming) {
        return request.containsContext(incoming) || session.containsContext(incoming);
    }

    private SecurityContext ofSession(HttpServletRequest incoming) {
        var stored = session.loadDeferredContext(incoming).get();
        var fresh = SecurityContextHolder.createEmptyContext();
        if (stored.getAuthentication() instanceof ActorAuthentication known) {
            logins(known.login(), fresh);
            if (fresh.getAuthentication() == null) {
                incoming.getSession().invalidate();
            }
        }
        return fresh;
    }

    private void logins(@Nullable Login login, SecurityContext fresh) {
        if (login != null) {
            logins.again(login).map(ActorAuthentication::of).ifPresent(fresh::setAuthentication);
        }
    }

    /** Looks once, when it is asked first. */
    private static final class Deferred implements DeferredSecurityContext {
        private final Supplier<SecurityContext> source;
        private @Nullable SecurityContext context;

        Deferred(Supplier<SecurityContext> source) {
            this.source = source;
        }

        @Override
        public SecurityContext get() {
            if (context == null) {
                context = source.get();
            }
            return context;
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
