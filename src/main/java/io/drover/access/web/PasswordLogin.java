package io.drover.access.web;

import io.drover.access.Logins;
import io.drover.problem.ProblemException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Name and password, from the login page or from HTTP Basic. */
@Component
class PasswordLogin implements AuthenticationProvider {
    private final Logins logins;

    PasswordLogin(Logins logins) {
        this.logins = logins;
    }

    /** A login that was refused for another reason than a wrong name or password. */
    static final class Refused extends AuthenticationException {
        private final ProblemException refusal;

        Refused(ProblemException refusal) {
            super(refusal.getMessage(), refusal);
            this.refusal = refusal;
        }

        ProblemException refusal() {
            return refusal;
        }
    }

    @Override
    public Authentication authenticate(Authentication shown) {
        var password =
                shown.getCredentials() == null ? "" : shown.getCredentials().toString();
        try {
            return logins.byPassword(shown.getName(), password, address(shown))
                    .map(ActorAuthentication::of)
                    .orElseThrow(() -> new BadCredentialsException("Wrong name or password"));
        } catch (ProblemException e) {
            throw new Refused(e);
        }
    }

    private static String address(Authentication shown) {
        return shown.getDetails() instanceof WebAuthenticationDetails details && details.getRemoteAddress() != null
                ? details.getRemoteAddress()
                : "";
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
